import { serviceConfig, wholeNumber } from '@onsale/platform/service';
import { storesConfig } from '@onsale/platform/stores';
import { z } from 'zod';
import { MAX_BATCH_ORDERS } from './domain/batch.ts';

const milliseconds = wholeNumber(50, 60_000);

/** The environment of the order service. */
export const orderConfig = z.object({
  ...serviceConfig,
  ...storesConfig,
  JWKS_URL: z.url(),
  /** How long an order waits for its turn before 409 lock-not-acquired, in milliseconds. */
  ORDER_WAIT_MS: milliseconds.default(2_000),
  /** How long one batch waits for its product locks before it goes back to its lane, in milliseconds. */
  ORDER_LOCK_WAIT_MS: milliseconds.default(250),
  /** How many orders may wait in one lane. */
  ORDER_LANE_LIMIT: wholeNumber(1, 100_000).default(4_096),
  /** How many orders one transaction places at most; 1 is a transaction per order. */
  ORDER_BATCH_LIMIT: wholeNumber(1, MAX_BATCH_ORDERS).default(MAX_BATCH_ORDERS),
  /** How many batches may run at once; keep it below DB_POOL_SIZE, which reads and settling share. */
  ORDER_BATCHES_AT_ONCE: wholeNumber(1, 100).default(6),
});
