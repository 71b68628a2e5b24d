import { openRedis, redisReady } from '@onsale/platform/redis';
import { createLogger } from '@onsale/platform/telemetry';

const connectTimeoutMs = 5_000;

/** Which of these locks somebody holds now. @throws Error when Redis does not answer */
export async function heldLocks(redisPort: number, keys: readonly string[]): Promise<string[]> {
  const log = createLogger({ name: 'trials', level: 'silent' });
  const redis = openRedis({ url: `redis://127.0.0.1:${redisPort}`, name: 'trials', log });
  try {
    if (!(await redisReady(redis, connectTimeoutMs))) throw new Error('Redis does not answer');
    const holders = await redis.mget(...keys);
    return keys.filter((_, index) => holders[index] !== null);
  } finally {
    redis.disconnect();
  }
}
