import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { createInFlight, type InFlight } from './in-flight.ts';
import { type TestClient, testRedis } from './testing/test-redis.ts';

let given: TestClient;
let here: InFlight;
let elsewhere: InFlight;

beforeAll(async () => {
  given = await testRedis();
  here = createInFlight({ redis: given.redis });
  elsewhere = createInFlight({ redis: await given.again() });
});
afterAll(() => given.close());

describe('marks of running requests', () => {
  test('are of one owner at a time', async () => {
    expect(await here.begin(['a', 'b'])).toEqual(new Set(['a', 'b']));
    expect(await elsewhere.begin(['b', 'c'])).toEqual(new Set(['c']));
    expect(await here.begin(['a'])).toEqual(new Set());
    await here.end(['a', 'b', 'c']);
    expect(await here.begin(['b', 'c'])).toEqual(new Set(['b']));
  });

  test('stay for as long as their owner lives, and run out when it is gone', async () => {
    const redis = await given.again();
    const owner = createInFlight({ redis, ttlMs: 300 });
    await owner.begin(['d']);
    await pause(1_500);
    expect(await elsewhere.begin(['d'])).toEqual(new Set());
    redis.disconnect();
    await until('the mark to run out', async () => (await elsewhere.begin(['d'])).has('d'));
    // Somebody else's mark is not taken back.
    await owner.end(['d']);
    expect(await here.begin(['d'])).toEqual(new Set());
  });

  test('are not held on to once they are taken back', async () => {
    const owner = createInFlight({ redis: given.redis, ttlMs: 300 });
    await owner.begin(['e']);
    await owner.end(['e']);
    expect(await elsewhere.begin(['e'])).toEqual(new Set(['e']));
  });

  test('of one request asked for many times at once are given once', async () => {
    const begun = await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 ? here : elsewhere).begin(['many'])));
    expect(begun.filter((ours) => ours.has('many'))).toHaveLength(1);
  });

  test('are everybody’s when Redis hangs or is gone, within a bounded time', async () => {
    await given.server.pause();
    expect(await here.begin(['x', 'y'])).toEqual(new Set(['x', 'y']));
    await here.end(['x', 'y']);
    await given.server.resume();
    await given.server.kill();
    expect(await elsewhere.begin(['x'])).toEqual(new Set(['x']));
  });
});
