import type { Redis } from 'ioredis';
import { openRedis, type RedisConfig, type RedisOptions } from '../redis/index.ts';

export interface RedisPair {
  readonly lockRedis: Redis;
  readonly cacheRedis: Redis;
}

/** A client for each role of Redis; one for both when they are reached in the same way. */
export function openRedisPair(config: RedisConfig, { name, log }: Pick<RedisOptions, 'name' | 'log'>): RedisPair {
  const { REDIS_CA_FILE: caFile, REDIS_COMMAND_TIMEOUT_MS: commandTimeoutMs } = config;
  const open = (url: string, password: string | undefined) =>
    openRedis({ url, password, name, log, caFile, commandTimeoutMs });
  const { REDIS_LOCK_URL, REDIS_LOCK_PASSWORD, REDIS_CACHE_URL, REDIS_CACHE_PASSWORD } = config;
  const lockRedis = open(REDIS_LOCK_URL, REDIS_LOCK_PASSWORD);
  const same = REDIS_CACHE_URL === REDIS_LOCK_URL && REDIS_CACHE_PASSWORD === REDIS_LOCK_PASSWORD;
  return { lockRedis, cacheRedis: same ? lockRedis : open(REDIS_CACHE_URL, REDIS_CACHE_PASSWORD) };
}
