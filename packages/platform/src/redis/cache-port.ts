import type { Redis } from 'ioredis';
import type { Logger } from '../telemetry/create-logger.ts';
import { createCoolDown } from './cool-down.ts';

/** What the cache asks of Redis. Nothing here throws: Redis away looks like an empty cache. */
export interface CachePort {
  get(key: string): Promise<string | undefined>;
  set(key: string, text: string, ttlMs: number): Promise<void>;
  /** Sets the key if it is missing; answers what is there then. */
  setIfMissing(key: string, text: string, ttlMs: number): Promise<string | undefined>;
  getVersioned(key: string): Promise<{ readonly version: number; readonly text: string } | undefined>;
  replaceIfNewer(key: string, version: number, text: string, ttlMs: number): Promise<void>;
  drop(keys: readonly string[]): Promise<void>;
}

const replaceScript = `
local version = redis.call('HGET', KEYS[1], 'version')
if version and tonumber(version) >= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'text', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`;

export function createCachePort(redis: Redis, log: Logger): CachePort {
  const coolDown = createCoolDown();
  const quietly = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await coolDown.run(work);
    } catch (error) {
      log.debug({ err: error }, 'the cache is away');
      return undefined;
    }
  };
  return {
    get: async (key) => (await quietly(() => redis.get(key))) ?? undefined,
    set: async (key, text, ttlMs) => {
      await quietly(() => redis.set(key, text, 'PX', ttlMs));
    },
    setIfMissing: async (key, text, ttlMs) => {
      const before = await quietly(() => redis.set(key, text, 'PX', ttlMs, 'NX', 'GET'));
      return before === undefined ? undefined : (before ?? text);
    },
    getVersioned: async (key) => {
      const [version, text] = (await quietly(() => redis.hmget(key, 'version', 'text'))) ?? [];
      return typeof version === 'string' && typeof text === 'string' ? { version: Number(version), text } : undefined;
    },
    replaceIfNewer: async (key, version, text, ttlMs) => {
      await quietly(() => redis.eval(replaceScript, 1, key, version, text, ttlMs));
    },
    drop: async (keys) => {
      // One command for each key, since a cluster keeps them apart.
      await Promise.all(keys.map((key) => quietly(() => redis.unlink(key))));
    },
  };
}
