import { withRedis } from '../../injections/redis/with-redis.ts';

/** Which of these locks somebody holds now. @throws Error when Redis does not answer */
export async function heldLocks(redisPort: number, keys: readonly string[]): Promise<string[]> {
  const holders = await withRedis(redisPort, (redis) => redis.mget(...keys));
  return keys.filter((_, index) => holders[index] !== null);
}
