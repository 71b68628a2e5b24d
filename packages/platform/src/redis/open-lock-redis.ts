import type { Redis } from 'ioredis';
import { openRedis, type RedisOptions } from './open-redis.ts';
import type { LockRedisConfig } from './redis-config.ts';

/** A client of the Redis that holds locks and counts, as {@link openRedis} makes it. */
export function openLockRedis(config: LockRedisConfig, { name, log }: Pick<RedisOptions, 'name' | 'log'>): Redis {
  return openRedis({
    url: config.REDIS_LOCK_URL,
    password: config.REDIS_LOCK_PASSWORD,
    name,
    log,
    caFile: config.REDIS_CA_FILE,
    commandTimeoutMs: config.REDIS_COMMAND_TIMEOUT_MS,
  });
}
