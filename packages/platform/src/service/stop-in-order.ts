import type { Logger } from '../telemetry/create-logger.ts';
import { finishWithin } from './finish-within.ts';

/** One step of stopping. Waited for until its share of the budget is used up, then left behind. */
export interface StopStep {
  readonly name: string;
  /** The part of the whole budget, counted from the start, by which the step is to be done: 0 to 1. */
  readonly by: number;
  run(): Promise<void>;
  /** What to do when it is not done by then. */
  giveUp?(): void;
}

/** Takes the steps one after the other; a step that fails or takes too long is logged and does not hold up the rest. */
export async function stopInOrder(steps: readonly StopStep[], budgetMs: number, log: Logger): Promise<void> {
  const startedAt = performance.now();
  for (const { name, by, run, giveUp } of steps) {
    const leftMs = budgetMs * by - (performance.now() - startedAt);
    try {
      const { finished } = await finishWithin(run(), leftMs);
      if (finished) continue;
      log.warn({ step: name, budgetMs }, 'stopping: not done in time');
      giveUp?.();
    } catch (error) {
      log.error({ err: error, step: name }, 'stopping: step failed');
    }
  }
}
