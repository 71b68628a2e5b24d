import { serviceConfig, wholeNumber } from '@onsale/platform/service';
import { storesConfig } from '@onsale/platform/stores';
import { z } from 'zod';
import { MAX_BATCH_ORDERS } from './domain/batch.ts';

const milliseconds = wholeNumber(50, 60_000);

const variables = z.object({
  ...serviceConfig,
  ...storesConfig,
  JWKS_URL: z.url(),
  /** How long an order waits for its turn before 409 lock-not-acquired, in milliseconds. */
  ORDER_WAIT_MS: milliseconds.default(2_000),
  /** How long one batch waits for its product locks before it goes on without: the rows decide. In milliseconds. */
  ORDER_LOCK_WAIT_MS: wholeNumber(0, 60_000).default(50),
  /** How many orders that want one product may be in hand. */
  ORDER_LANE_LIMIT: wholeNumber(1, 100_000).default(4_096),
  /** How many orders one transaction places at most; 1 is a transaction per order. */
  ORDER_BATCH_LIMIT: wholeNumber(1, MAX_BATCH_ORDERS).default(MAX_BATCH_ORDERS),
  /** How many batches may run at once; keep it below DB_POOL_SIZE, which reads and settling share. */
  ORDER_BATCHES_AT_ONCE: wholeNumber(1, 100).default(6),
  /** Where the data platform is; without it nobody is told, and there is no part `data-platform-sender`. */
  DATA_PLATFORM_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  /** What the data platform knows us by. */
  DATA_PLATFORM_KEY: z.string().min(1).optional(),
  /** How long one delivery may take, to the last byte of the answer; below the 30 s that a consumer gives an attempt. */
  DATA_PLATFORM_TIMEOUT_MS: wholeNumber(50, 25_000).default(2_000),
  /** The share of deliveries in five seconds, in percent, that must fail for the circuit breaker to open. */
  DATA_PLATFORM_BREAKER_PERCENT: wholeNumber(1, 99).default(50),
  /** With fewer deliveries than this in five seconds it stays closed. One that hangs gets few, since each waits for it. */
  DATA_PLATFORM_BREAKER_MIN_CALLS: wholeNumber(1, 10_000).default(3),
  /** How long it stays open before one delivery tries whether the data platform is back. */
  DATA_PLATFORM_BREAKER_RESET_MS: wholeNumber(50, 600_000).default(5_000),
});

export type OrderConfig = z.infer<typeof variables>;

/** The environment of the order service. */
export const orderConfig = variables.refine(
  ({ DATA_PLATFORM_URL: url, DATA_PLATFORM_KEY: key }) => url === undefined || key !== undefined,
  { path: ['DATA_PLATFORM_KEY'], error: 'must be set, since DATA_PLATFORM_URL is' },
);
