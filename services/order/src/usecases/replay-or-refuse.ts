import type { IdempotentRequest, StoredAnswer } from '@onsale/platform/database';
import type { OrderOutcome } from './order-job.ts';
import { keyReused } from './refusals.ts';

/** A key that was answered is answered again with the same; for another order it is refused. */
export const replayOrRefuse = (request: IdempotentRequest, stored: StoredAnswer): OrderOutcome =>
  stored.requestHash === request.requestHash
    ? { kind: 'answered', answer: { ...stored, replayed: true } }
    : keyReused();
