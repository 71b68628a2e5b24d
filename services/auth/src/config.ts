import { databaseConfig } from '@onsale/platform/database';
import { lockRedisConfig } from '@onsale/platform/redis';
import { serviceConfig, wholeNumber } from '@onsale/platform/service';
import { z } from 'zod';

export const authConfig = z.object({
  ...serviceConfig,
  ...databaseConfig,
  /** Counts of failed logins. */
  ...lockRedisConfig,
  /** The keys that sign access tokens: JSON, as the command rotate-keys makes it, or PEM, of which the first signs. */
  AUTH_SIGNING_KEYS_FILE: z.string().min(1),
  ACCESS_TOKEN_TTL_SECONDS: wholeNumber(30, 86_400).default(900),
  REFRESH_TOKEN_TTL_DAYS: wholeNumber(1, 365).default(30),
  /** How long verifiers may keep the JWKS; rotate-keys publishes a key at least that long before it signs. */
  JWKS_MAX_AGE_SECONDS: wholeNumber(0, 86_400).default(300),
  /** Password hashes computed at once: each takes a thread of the pool and 32 MiB. */
  PASSWORD_HASH_CONCURRENCY: wholeNumber(1, 64).default(2),
  /** Password hashes that wait for their turn; beyond it signup and login answer 503. */
  PASSWORD_HASH_QUEUE: wholeNumber(0, 1000).default(128),
  /** Failed logins an account may have within the window; beyond it login answers 429. */
  LOGIN_FAILURES_LIMIT: wholeNumber(1, 1_000_000).default(10),
  LOGIN_FAILURES_WINDOW_SECONDS: wholeNumber(1, 86_400).default(900),
  /** How often expired refresh tokens are deleted. */
  PURGE_INTERVAL_SECONDS: wholeNumber(1, 86_400).default(600),
});

export type AuthConfig = z.infer<typeof authConfig>;
