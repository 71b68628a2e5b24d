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

/** Fewer are there for a moment after Redis was emptied: services that lost it come back within a second. */
const keysOfASale = 100;

/** How many keys there are, as soon as the sale has put some there; 0 when Redis does not answer. */
export const keysInUse = (port: number): Promise<number> =>
  withRedis(port, async (redis) => {
    const filled = async () => (await redis.dbsize()) >= keysOfASale;
    await until('the sale to use Redis', filled, withinMs).catch(() => undefined);
    return redis.dbsize();
  }).catch(() => 0);
