import { databaseConfig } from '@onsale/platform/database';
import { redisConfig } from '@onsale/platform/redis';
import { serviceConfig, wholeNumber } from '@onsale/platform/service';
import { storesConfig } from '@onsale/platform/stores';
import { z } from 'zod';

/** When and how the bestsellers of a day are written down. */
const snapshotConfig = {
  /** How long after midnight a snapshot waits for orders that were begun before it; longer than a request may take. */
  SNAPSHOT_GRACE_SECONDS: wholeNumber(1, 3_600).default(15),
  /** How many ended days are looked after. */
  SNAPSHOT_CATCH_UP_DAYS: wholeNumber(1, 366).default(7),
  /** How long snapshots wait for events that are not counted yet; then they are taken all the same. */
  SNAPSHOT_WAIT_SECONDS: wholeNumber(0, 86_400).default(600),
  /** The most products in a snapshot. */
  SNAPSHOT_SIZE: wholeNumber(1, 1_000).default(100),
};

/** The environment of the bestseller service. */
export const bestsellerConfig = z.object({
  ...serviceConfig,
  ...storesConfig,
  ...snapshotConfig,
  /** How often it is looked whether the live rankings are whole, in milliseconds. */
  RANKING_CHECK_MS: wholeNumber(50, 60_000).default(1_000),
  /** How often the live rankings are compared with the table, in milliseconds. */
  RANKING_COMPARE_MS: wholeNumber(100, 3_600_000).default(60_000),
});

/** The environment of the backfill: the part of the service's own that it needs. */
export const backfillConfig = z.object({
  ...databaseConfig,
  ...snapshotConfig,
  REDIS_CACHE_URL: redisConfig.REDIS_CACHE_URL,
  REDIS_CACHE_PASSWORD: redisConfig.REDIS_CACHE_PASSWORD,
  REDIS_CA_FILE: redisConfig.REDIS_CA_FILE,
  LOG_LEVEL: serviceConfig.LOG_LEVEL,
});
