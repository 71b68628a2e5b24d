import type { Registry } from 'prom-client';
import type { Logger } from '../telemetry/create-logger.ts';
import type { Job } from './service-definition.ts';
import { createSupervisor } from './supervise-job.ts';

/** Jobs at work. */
export interface RunningJobs {
  /** Tells all to stop and waits until they have. */
  stop(): Promise<void>;
}

/** Starts jobs, each kept running until all are stopped. */
export function startJobs(jobs: readonly Job[], { log, metrics }: { log: Logger; metrics: Registry }): RunningJobs {
  const controller = new AbortController();
  const supervise = createSupervisor({ log, metrics, random: Math.random });
  const running = jobs.map((job) => supervise(job, controller.signal));
  return {
    async stop() {
      controller.abort();
      await Promise.all(running);
    },
  };
}
