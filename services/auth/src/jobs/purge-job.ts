import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '@onsale/platform/database';
import type { Clock, Job } from '@onsale/platform/service';
import type { Logger } from '@onsale/platform/telemetry';
import { purgeRefreshTokens } from '../usecases/purge-refresh-tokens.ts';

export interface PurgeJobOptions {
  database: Database;
  clock: Clock;
  log: Logger;
  intervalSeconds: number;
}

async function untilNext(seconds: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(seconds * 1000, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** The part 'purge': deletes refresh tokens that have expired. */
export function createPurgeJob({ database, clock, log, intervalSeconds }: PurgeJobOptions): Job {
  return {
    part: 'purge',
    async run(signal) {
      while (!signal.aborted) {
        const purged = await purgeRefreshTokens(database, clock.now(), signal);
        if (purged > 0) log.info({ purged }, 'expired refresh tokens deleted');
        await untilNext(intervalSeconds, signal);
      }
    },
  };
}
