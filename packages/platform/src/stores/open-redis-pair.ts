import type { Redis } from 'ioredis';
import { openLockRedis, openRedis, type RedisConfig, type RedisOptions } from '../redis/index.ts';

export interface RedisPair {
  readonly lockRedis: Redis;
  readonly cacheRedis: Redis;
}

/** A client for each role of Redis; one for both when they are reached in the same way. */
export function openRedisPair(config: RedisConfig, about: Pick<RedisOptions, 'name' | 'log'>): RedisPair {
  const { REDIS_CACHE_URL: url, REDIS_CACHE_PASSWORD: password } = config;
  const lockRedis = openLockRedis(config, about);
  if (url === config.REDIS_LOCK_URL && password === config.REDIS_LOCK_PASSWORD) {
    return { lockRedis, cacheRedis: lockRedis };
  }
  const { REDIS_CA_FILE: caFile, REDIS_COMMAND_TIMEOUT_MS: commandTimeoutMs } = config;
  return { lockRedis, cacheRedis: openRedis({ ...about, url, password, caFile, commandTimeoutMs }) };
}
