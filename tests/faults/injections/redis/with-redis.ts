import { openRedis, redisReady } from '@onsale/platform/redis';
import { createLogger } from '@onsale/platform/telemetry';
import { until } from '@onsale/tests/support';

type Redis = ReturnType<typeof openRedis>;

const withinMs = 5_000;

/** Does something by a connection of its own, past the wires. @throws Error when Redis does not answer in time */
export async function withRedis<T>(port: number, work: (redis: Redis) => Promise<T>): Promise<T> {
  const log = createLogger({ name: 'faults', level: 'silent' });
  const redis = openRedis({ url: `redis://127.0.0.1:${port}`, name: 'faults', log, commandTimeoutMs: withinMs });
  try {
    if (!(await redisReady(redis, withinMs))) throw new Error('Redis does not answer');
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

/**
 * How many keys there are, as soon as there is one: services that lost Redis a moment ago come back within a second.
 * 0 when nobody has come in time.
 */
export const keysInUse = (port: number): Promise<number> =>
  withRedis(port, (redis) =>
    until('somebody to use Redis', async () => (await redis.dbsize()) || false, withinMs),
  ).catch(() => 0);
