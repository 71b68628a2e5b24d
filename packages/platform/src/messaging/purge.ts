import type { Database } from '../database/database.ts';
import { purgeIdempotencyKeys } from '../database/purge-idempotency-keys.ts';
import type { Job } from '../service/service-definition.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import { purgeOutbox } from './purge-outbox.ts';
import { createWakeUp } from './wake-up.ts';

export interface PurgeOptions<M> {
  readonly database: Database<M>;
  readonly log: Logger;
  /** How long answers under idempotency keys are kept; 24 unless given. */
  readonly idempotencyHours?: number;
  /** How long sent events are kept; 7 unless given. */
  readonly outboxDays?: number;
  /** Time between two rounds; a minute unless given. */
  readonly everyMs?: number;
}

/** The part 'purge': takes away what has been kept long enough. */
export function createPurge<M>(options: PurgeOptions<M>): Job {
  const { database, log, idempotencyHours = 24, outboxDays = 7, everyMs = 60_000 } = options;
  return {
    part: 'purge',
    async run(signal) {
      const pause = createWakeUp();
      while (!signal.aborted) {
        const keys = await purgeIdempotencyKeys(database, { hours: idempotencyHours }, signal);
        const events = await purgeOutbox(database, { days: outboxDays }, signal);
        if (keys + events > 0) log.info({ keys, events }, 'purged');
        await pause.wait(everyMs, signal);
      }
    },
  };
}
