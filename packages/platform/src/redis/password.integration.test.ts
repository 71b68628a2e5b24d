import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRedis, type TestRedis, until } from '@onsale/tests/support';
import { openRedisPair } from '../stores/open-redis-pair.ts';
import { createLogger } from '../telemetry/create-logger.ts';
import { openRedis } from './open-redis.ts';
import { redisReady } from './redis-ready.ts';

/** What an address would have to spell in another way. */
const password = 'p@ss:w/rd?#%41 "값"';
const lines: string[] = [];
const log = createLogger({ name: 'test', level: 'trace', destination: { write: (line) => void lines.push(line) } });
let server: TestRedis;

beforeAll(async () => {
  server = await startRedis();
  const redis = openRedis({ url: server.url, name: 'test', log });
  await redisReady(redis, 10_000);
  await redis.config('SET', 'requirepass', password);
  redis.disconnect();
});
afterAll(() => server?.stop());

test('a password of any characters lets in, also over another one in the address', async () => {
  for (const url of [server.url, server.url.replace('//', '//default:wrong@')]) {
    const redis = openRedis({ url, password, name: 'test', log });
    expect(await redisReady(redis, 10_000)).toBe(true);
    expect(await redis.set('a', '1')).toBe('OK');
    redis.disconnect();
  }
});

test.each([
  ['no password', undefined],
  ['a wrong one', 'secret-guess'],
])('%s does not, and the log says so and not what was tried', async (_, wrong) => {
  lines.length = 0;
  const redis = openRedis({ url: server.url, password: wrong, name: 'test', log });
  await until('it to be told of', async () => lines.some((line) => /redis is away/.test(line)));
  await expect(redis.set('a', '2')).rejects.toThrow();
  redis.disconnect();
  expect(lines.join('')).toMatch(/"reason":"(NOAUTH|WRONGPASS)/);
  expect(lines.join('')).not.toContain('secret-guess');
});

test('one server is reached by one client, unless the two roles come with different passwords', async () => {
  const urls = { REDIS_LOCK_URL: server.url, REDIS_CACHE_URL: server.url };
  const config = { ...urls, REDIS_LOCK_PASSWORD: password, REDIS_COMMAND_TIMEOUT_MS: 500 };
  const same = openRedisPair({ ...config, REDIS_CACHE_PASSWORD: password }, { name: 'test', log });
  const differ = openRedisPair({ ...config, REDIS_CACHE_PASSWORD: 'secret-guess' }, { name: 'test', log });
  expect(same.lockRedis).toBe(same.cacheRedis);
  expect(await redisReady(same.cacheRedis, 10_000)).toBe(true);
  expect(await redisReady(differ.lockRedis, 10_000)).toBe(true);
  await expect(differ.cacheRedis.ping()).rejects.toThrow();
  for (const redis of new Set([...Object.values(same), ...Object.values(differ)])) redis.disconnect();
});
