import { setTimeout as pause } from 'node:timers/promises';
import { Counter, type Registry } from 'prom-client';
import type { Logger } from '../telemetry/create-logger.ts';
import type { Job } from './service-definition.ts';

export interface SupervisorOptions {
  readonly log: Logger;
  readonly metrics: Registry;
  /** 0 ≤ random() < 1, for the jitter of the pauses. */
  readonly random: () => number;
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
}

/** Runs a job until its signal aborts; never rejects. */
export type Supervise = (job: Job, signal: AbortSignal) => Promise<void>;

/**
 * Keeps jobs running: one that ends or fails before it is told to is logged, counted and run again, after a pause
 * that doubles with each failure in a row up to the longest and is half random. A run longer than the longest pause
 * ends the row.
 */
export function createSupervisor(options: SupervisorOptions): Supervise {
  const { log, metrics, random, firstPauseMs = 200, longestPauseMs = 30_000 } = options;
  const restarts = new Counter({
    name: 'job_restarts_total',
    help: 'How often background work ended before its time and was begun again',
    labelNames: ['part'],
    registers: [metrics],
  });

  return async (job, signal) => {
    const { part } = job;
    let failures = 0;
    while (!signal.aborted) {
      const startedAt = performance.now();
      const error = await outcomeOf(job, signal);
      if (signal.aborted) {
        if (error) log.warn({ err: error, part }, 'job failed while stopping');
        return;
      }
      failures = performance.now() - startedAt > longestPauseMs ? 1 : failures + 1;
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1)) * (0.5 + random() / 2);
      restarts.inc({ part });
      log.error({ err: error, part, failures, pauseMs: Math.round(pauseMs) }, 'job ended; it is run again');
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  };
}

async function outcomeOf(job: Job, signal: AbortSignal): Promise<unknown> {
  try {
    await job.run(signal);
    return undefined;
  } catch (error) {
    return error ?? new Error('A job failed without an error');
  }
}
