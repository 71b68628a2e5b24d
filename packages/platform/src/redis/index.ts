export { type Cache, type CacheLifetime, type CacheOptions, createCache, type Versioned } from './cache.ts';
export { type CoolDown, createCoolDown } from './cool-down.ts';
export type { Generations } from './generations.ts';
export { createInFlight, type InFlight, type InFlightOptions } from './in-flight.ts';
export { createLocks, type LockOptions, type Locks, type LocksOptions } from './locks.ts';
export { openRedis, type RedisOptions } from './open-redis.ts';
export { createRecentWrites, type RecentWrites, type RecentWritesOptions } from './recent-writes.ts';
export { type RedisConfig, redisConfig } from './redis-config.ts';
export { redisReady } from './redis-ready.ts';
