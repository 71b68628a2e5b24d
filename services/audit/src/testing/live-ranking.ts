import { openRedis, redisReady } from '@onsale/platform/redis';
import { createLogger } from '@onsale/platform/telemetry';
import { startRedis } from '@onsale/tests/support';
import type { RedisAccess } from '../outside/redis-access.ts';
import type { Damage } from './damage.ts';
import type { TableRows } from './shop-rows.ts';

/** Today's live ranking in a Redis of the test's own. */
export interface TestRanking {
  readonly access: RedisAccess;
  /** Makes it say what the statistics say of the day, then runs the commands on it. */
  follow(day: string, statistics: TableRows[string], commands?: Damage['ranking']): Promise<void>;
  close(): Promise<void>;
}

export async function testRanking(): Promise<TestRanking> {
  const server = await startRedis();
  const log = createLogger({ name: 'test', level: 'silent' });
  const redis = openRedis({ url: server.url, name: 'test', log });
  if (!(await redisReady(redis, 5_000))) throw new Error('Redis was not ready in time');
  return {
    access: { cacheUrl: server.url },
    follow: async (day, statistics, commands = []) => {
      const key = (part: string) => `bestsellers:{${day}}:${part}`;
      await redis.flushall();
      const sold = statistics.filter(({ quantity_sold }) => Number(quantity_sold) > 0);
      for (const { product_id, quantity_sold } of sold) {
        await redis.zadd(key('ranking'), -Number(quantity_sold), String(product_id));
      }
      for (const { product_id, version } of statistics) {
        await redis.hset(key('versions'), String(product_id), String(version));
      }
      await redis.hset(key('versions'), { counted: sold.length, whole: 1 });
      for (const [command, part, ...rest] of commands) await redis.call(command, key(part), ...rest);
    },
    close: async () => {
      redis.disconnect();
      await server.stop();
    },
  };
}
