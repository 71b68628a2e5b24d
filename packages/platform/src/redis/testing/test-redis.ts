import { startRedis, type TestRedis } from '@onsale/tests/support';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { openRedis } from '../open-redis.ts';
import { redisReady } from '../redis-ready.ts';

export const silent = pino({ level: 'silent' });

export interface TestClient {
  readonly server: TestRedis['server'];
  readonly redis: Redis;
  /** Another client, as another process would have it. */
  again(): Promise<Redis>;
  close(): Promise<void>;
}

/** A Redis of the test's own with a client that is connected. */
export async function testRedis(): Promise<TestClient> {
  const { server, url, stop } = await startRedis();
  const opened: Redis[] = [];
  const open = async () => {
    const redis = openRedis({ url, name: 'test', log: silent });
    opened.push(redis);
    if (!(await redisReady(redis, 5000))) throw new Error('Redis was not ready in time');
    return redis;
  };
  return {
    server,
    redis: await open(),
    again: open,
    close: async () => {
      for (const redis of opened) redis.disconnect();
      await stop();
    },
  };
}
