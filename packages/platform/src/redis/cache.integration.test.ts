import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Registry } from 'prom-client';
import { z } from 'zod';
import { type Cache, createCache } from './cache.ts';
import { silent, type TestClient, testRedis } from './testing/test-redis.ts';

let given: TestClient;
let here: Cache;
let elsewhere: Cache;

const open = (redis: TestClient['redis'], random = () => 0) =>
  createCache({ redis, log: silent, metrics: new Registry(), random });

beforeAll(async () => {
  given = await testRedis();
});
afterAll(() => given.close());
beforeEach(async () => {
  await given.redis.flushall();
  here = open(given.redis);
  elsewhere = open(await given.again());
});

const minute = { ttlMs: 60_000, jitter: 0 };
const never = () => Promise.reject(new Error('loaded'));

describe('the cache', () => {
  test('loads once for all who ask at the same time, and then gives what it has', async () => {
    let loads = 0;
    const load = async () => {
      loads += 1;
      await pause(20);
      return loads;
    };
    const values = await Promise.all(Array.from({ length: 20 }, () => here.get('k', z.number(), minute, load)));
    expect(new Set(values)).toEqual(new Set([1]));
    expect(await elsewhere.get('k', z.number(), minute, never)).toBe(1);
  });

  test('gives everybody what the schema makes of the JSON', async () => {
    const schema = z.object({ at: z.coerce.date() });
    const load = async () => ({ at: new Date(0) });
    expect(await here.get('k', schema, minute, load)).toEqual({ at: new Date(0) });
    expect(await here.get('k', schema, minute, never)).toEqual({ at: new Date(0) });
  });

  test('loads anew what the schema does not know', async () => {
    await given.redis.set('k', '{"old":true}');
    expect(await here.get('k', z.number(), minute, async () => 7)).toBe(7);
    await given.redis.set('k', 'no JSON');
    expect(await here.get('k', z.number(), minute, async () => 8)).toBe(8);
  });

  test('throws what the load throws to all who wait, and keeps nothing', async () => {
    const broken = () => Promise.reject(new Error('no'));
    const asked = [here.get('k', z.number(), minute, broken), here.get('k', z.number(), minute, broken)];
    await Promise.all(asked.map((each) => expect(each).rejects.toThrow('no')));
    expect(await here.get('k', z.number(), minute, async () => 1)).toBe(1);
  });

  test('shortens lives by chance, and never lengthens them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        async (chance, jitter) => {
          await given.redis.del('k');
          await open(given.redis, () => chance).get('k', z.number(), { ttlMs: 60_000, jitter }, async () => 1);
          const ttl = await given.redis.pttl('k');
          expect(ttl).toBeLessThanOrEqual(60_000);
          expect(ttl).toBeGreaterThan(60_000 * (1 - jitter) - 1000);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('does not keep what was dropped while it was being loaded', async () => {
    const started = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const old = here.get('k', z.string(), minute, async () => {
      started.resolve();
      await go.promise;
      return 'old';
    });
    await started.promise;
    await here.drop(['k']);
    expect(await here.get('k', z.string(), minute, async () => 'new')).toBe('new');
    go.resolve();
    expect(await old).toBe('old');
    expect(await here.get('k', z.string(), minute, never)).toBe('new');
  });

  test('drops all of a generation at once', async () => {
    const page = async () => `${await here.generations.key('pages')}:1`;
    expect(await page()).toBe(await page());
    expect(await elsewhere.generations.key('pages')).toBe(await here.generations.key('pages'));
    await here.get(await page(), z.number(), minute, async () => 1);
    await elsewhere.generations.bump('pages');
    expect(await here.get(await page(), z.number(), minute, async () => 2)).toBe(2);
  });

  test('never goes back to an older version, in whatever order they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 }), async (versions) => {
        await here.drop(['v']);
        await Promise.all(
          versions.map((version, n) =>
            (n % 2 === 0 ? here : elsewhere).replaceIfNewer('v', { version, value: `value ${version}` }, 60_000),
          ),
        );
        const newest = Math.max(...versions);
        expect(await here.getVersioned('v', z.string())).toEqual({ version: newest, value: `value ${newest}` });
      }),
      { numRuns: 50 },
    );
  });

  test('loads when Redis hangs, after one time-out', async () => {
    await given.server.pause();
    try {
      // A time-out for each of them would outlast the test.
      for (let n = 0; n < 200; n += 1) expect(await here.get(`k${n}`, z.number(), minute, async () => n)).toBe(n);
      await here.replaceIfNewer('v', { version: 1, value: 1 }, 1000);
      await here.drop(['k1']);
      expect(await here.getVersioned('v', z.number())).toBeUndefined();
    } finally {
      await given.server.resume();
    }
  });
});
