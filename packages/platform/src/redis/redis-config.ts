import { z } from 'zod';
import { wholeNumber } from '../service/whole-number.ts';

const redisUrl = z.url({ protocol: /^rediss?$/ });
/** Any characters; counts instead of one in the address. */
const password = z.string().min(1).optional();

/** The variables of a service that keeps locks or counts in Redis, and no cache. */
export const lockRedisConfig = {
  /** Locks, gates and marks of running requests: a single primary that never evicts. */
  REDIS_LOCK_URL: redisUrl,
  REDIS_LOCK_PASSWORD: password,
  /** How long a command may take. Longer where a process may have to wait for its turn at the CPU. */
  REDIS_COMMAND_TIMEOUT_MS: wholeNumber(50, 10_000).default(500),
  /** PEM file of the authority that signed the server's certificate, for rediss: addresses. */
  REDIS_CA_FILE: z.string().min(1).optional(),
};

/** The two roles of Redis; both may be the same server. */
export const redisConfig = {
  ...lockRedisConfig,
  /** Caches and what a user wrote last: may evict. */
  REDIS_CACHE_URL: redisUrl,
  REDIS_CACHE_PASSWORD: password,
};

const lockSchema = z.object(lockRedisConfig);
const schema = z.object(redisConfig);

export type LockRedisConfig = z.infer<typeof lockSchema>;
export type RedisConfig = z.infer<typeof schema>;
