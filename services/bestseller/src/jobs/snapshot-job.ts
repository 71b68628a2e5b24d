import { setTimeout as delay } from 'node:timers/promises';
import { type LeadJobOptions, leadJob } from '@onsale/platform/database';
import type { Clock, Job } from '@onsale/platform/service';
import { daysUpTo, lastEnded, untilNextEnd } from '../domain/day.ts';
import type { takeSnapshots } from '../usecases/take-snapshots.ts';

export interface SnapshotJob {
  readonly take: ReturnType<typeof takeSnapshots>;
  readonly clock: Clock;
  readonly graceSeconds: number;
  readonly catchUpDays: number;
}

const LONGEST_SLEEP_MS = 60_000;

/** The part `snapshot`: writes the bestsellers down when a day has ended, and those of ended days that are missing. */
export function snapshotJob(
  foundations: Pick<LeadJobOptions, 'database' | 'election' | 'log' | 'metrics'>,
  { take, clock, graceSeconds, catchUpDays }: SnapshotJob,
): Job {
  const graceMs = graceSeconds * 1000;
  return leadJob({
    ...foundations,
    part: 'snapshot',
    lock: 'snapshot',
    work: async (signal) => {
      while (!signal.aborted) {
        // One look at the clock for both: a day that ends meanwhile would else be slept through.
        const now = clock.now();
        await take(daysUpTo(lastEnded(now, graceMs), catchUpDays), signal);
        // By the clock and in short sleeps: a machine that slept, or whose clock was set, is not late for long.
        const sleepMs = Math.min(LONGEST_SLEEP_MS, untilNextEnd(now, graceMs));
        await delay(sleepMs, undefined, { signal }).catch(() => undefined);
      }
    },
  });
}
