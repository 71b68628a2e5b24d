import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRedis, type TestRedis, until } from '@onsale/tests/support';
import { createLogger } from '../telemetry/create-logger.ts';
import { openRedis } from './open-redis.ts';
import { redisReady } from './redis-ready.ts';

let server: TestRedis;

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server?.stop());

test('a Redis that is lost and comes back is told of, and one that is closed is not', async () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createLogger({ name: 'test', level: 'info', destination });
  const told = (message: string) => lines.filter((line) => line.includes(message)).length;

  const redis = openRedis({ url: server.url, name: 'test', log });
  expect(await redisReady(redis, 10_000)).toBe(true);
  await server.server.kill();
  await until('it to be missed', async () => told('redis is away') === 1);
  await server.server.restart();
  await until('it to be back', async () => told('redis is back') === 1);

  const ended = new Promise((end) => redis.once('end', end));
  redis.disconnect();
  await ended;
  expect([told('redis is away'), told('redis is back')]).toEqual([1, 1]);
});
