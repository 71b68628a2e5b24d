import type { Database } from '../database/database.ts';
import { purgeIdempotencyKeys } from '../database/purge-idempotency-keys.ts';
import type { Job } from '../service/service-definition.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import { purgeInbox } from './inbox/purge-inbox.ts';
import { purgeOutbox } from './outbox/purge-outbox.ts';
import { createWakeUp } from './wake-up.ts';

export interface PurgeOptions<M> {
  readonly database: Database<M>;
  readonly log: Logger;
  /** How long answers under idempotency keys are kept; 24 unless given. */
  readonly idempotencyHours?: number;
  /** How long sent events are kept; 7 unless given. */
  readonly outboxDays?: number;
  /** How long it is known which events were handled; 14 unless given. */
  readonly inboxDays?: number;
  /** Time between two rounds; a minute unless given. */
  readonly everyMs?: number;
}

/** The part 'purge': takes away what has been kept long enough. */
export function createPurge<M>(options: PurgeOptions<M>): Job {
  const { database, log, idempotencyHours = 24, outboxDays = 7, inboxDays = 14, everyMs = 60_000 } = options;
  return {
    part: 'purge',
    async run(signal) {
      const pause = createWakeUp();
      while (!signal.aborted) {
        const keys = await purgeIdempotencyKeys(database, { hours: idempotencyHours }, signal);
        const events = await purgeOutbox(database, { days: outboxDays }, signal);
        const handled = await purgeInbox(database, { days: inboxDays }, signal);
        if (keys + events + handled > 0) log.info({ keys, events, handled }, 'purged');
        await pause.wait(everyMs, signal);
      }
    },
  };
}
