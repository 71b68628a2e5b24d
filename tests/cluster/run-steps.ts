import type { Cluster } from './cluster.ts';
import type { Step } from './step.ts';

export interface StepResult {
  readonly name: string;
  readonly seconds: number;
  readonly outcome: 'passed' | 'failed' | 'not reached';
}

interface Surroundings {
  readonly cluster: Cluster;
  /** Tells what whoever is called at night needs to know of a failed step. */
  readonly tellMore: () => Promise<void>;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  /** Once it is aborted no step is begun. */
  readonly signal: AbortSignal;
}

/** Runs the steps one after the other; after an essential one that failed none is tried. */
export async function runSteps(steps: readonly Step[], { cluster, tellMore, clock, signal }: Surroundings) {
  const results: StepResult[] = [];
  let stopped = false;
  for (const { name, shows, essential, run } of steps) {
    if (stopped || signal.aborted) {
      results.push({ name, seconds: 0, outcome: 'not reached' });
      continue;
    }
    console.log(`${name}: ${shows}`);
    const begun = clock();
    const error = await run(cluster).then(
      () => undefined,
      (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown))),
    );
    const seconds = (clock() - begun) / 1000;
    results.push({ name, seconds, outcome: error === undefined ? 'passed' : 'failed' });
    console.log(`  ${error === undefined ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s`);
    if (error === undefined) continue;
    cluster.say(error.message);
    await tellMore();
    stopped = essential === true;
  }
  return results;
}
