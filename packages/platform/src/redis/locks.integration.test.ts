import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { createLocks, type LockOptions, type Locks } from './locks.ts';
import { redisReady } from './redis-ready.ts';
import { silent, type TestClient, testRedis } from './testing/test-redis.ts';

let given: TestClient;
let here: Locks;
let elsewhere: Locks;

beforeAll(async () => {
  given = await testRedis();
});
afterAll(() => given.close());
beforeEach(async () => {
  await given.redis.flushall();
  here = createLocks({ redis: given.redis, log: silent, metrics: new Registry() });
  elsewhere = createLocks({ redis: await given.again(), log: silent, metrics: new Registry() });
});

const options = (more: Partial<LockOptions> = {}): LockOptions => ({ waitMs: 2000, without: 'refuse', ...more });
const taken = expect.objectContaining({ kind: 'conflict', code: 'lock-not-acquired', retryAfterSeconds: 1 });
const unavailable = expect.objectContaining({ kind: 'unavailable', code: 'locks-unavailable', retryAfterSeconds: 1 });

/** Holds keys until told; resolves when they are held. */
async function hold(locks: Locks, keys: string[], more: Partial<LockOptions> = {}) {
  const held = Promise.withResolvers<AbortSignal>();
  const release = Promise.withResolvers<void>();
  const ended = locks.withLock(keys, options(more), async (signal) => {
    held.resolve(signal);
    await release.promise;
  });
  return {
    signal: await held.promise,
    release: () => {
      release.resolve();
      return ended;
    },
  };
}

describe('locks', () => {
  test('let one in at a time, wherever they come from', async () => {
    let inside = 0;
    let most = 0;
    const visit = (locks: Locks) =>
      locks.withLock(['hall'], options({ waitMs: 20_000 }), async () => {
        inside += 1;
        most = Math.max(most, inside);
        await pause(5);
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 20 }, (_, n) => visit(n % 2 === 0 ? here : elsewhere)));
    expect(most).toBe(1);
  });

  test('on other keys do not wait for each other', async () => {
    const held = await hold(here, ['a']);
    expect(await elsewhere.withLock(['b'], options({ waitMs: 0 }), async () => 'in')).toBe('in');
    await held.release();
  });

  test('are refused to those who waited long enough, and had as soon as they are free', async () => {
    const held = await hold(here, ['a', 'b']);
    await expect(elsewhere.withLock(['b', 'c'], options({ waitMs: 200 }), async () => 'in')).rejects.toEqual(taken);
    expect(await given.redis.exists('c')).toBe(0);
    await held.release();
    expect(await elsewhere.withLock(['c', 'b'], options({ waitMs: 0 }), async () => 'in')).toBe('in');
  });

  test('that others hold for longer are gone without by whoever may, and stay theirs', async () => {
    const held = await hold(here, ['a']);
    const inside = elsewhere.withLock(['a', 'b'], options({ waitMs: 50, without: 'proceed' }), async () =>
      given.redis.exists('a', 'b'),
    );
    expect(await inside).toBe(1);
    expect(held.signal.aborted).toBe(false);
    await held.release();
    expect(await given.redis.exists('a')).toBe(0);
  });

  test('of several keys are taken all or none, in either order, without a deadlock', async () => {
    let turns = 0;
    const both = (locks: Locks, keys: string[]) =>
      locks.withLock(keys, options({ waitMs: 20_000 }), async () => {
        turns += 1;
      });
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? both(here, ['x', 'y', 'x']) : both(elsewhere, ['y', 'x']))),
    );
    expect(turns).toBe(30);
  });

  test('are given back when the work throws', async () => {
    await expect(here.withLock(['a'], options(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await elsewhere.withLock(['a'], options({ waitMs: 0 }), async () => 'in')).toBe('in');
  });

  test('outlive their time for a holder that lives', async () => {
    const held = await hold(here, ['a'], { ttlMs: 300 });
    await pause(900);
    await expect(elsewhere.withLock(['a'], options({ waitMs: 0 }), async () => 'in')).rejects.toEqual(taken);
    expect(held.signal.aborted).toBe(false);
    await held.release();
  });

  test('run out when their holder is gone', async () => {
    await given.redis.set('a', 'a holder that died', 'PX', 300);
    expect(await elsewhere.withLock(['a'], options({ waitMs: 3000 }), async () => 'in')).toBe('in');
  });

  test('tell their holder when they were lost, and leave the next holder alone', async () => {
    const held = await hold(here, ['a'], { ttlMs: 300 });
    await given.redis.set('a', 'a thief');
    await pause(400);
    expect(held.signal.aborted).toBe(true);
    await held.release();
    expect(await given.redis.get('a')).toBe('a thief');
  });

  describe('when Redis is down', () => {
    beforeEach(() => given.server.kill());
    afterEach(async () => {
      await given.server.restart();
      await redisReady(given.redis, 5000);
    });

    test('are refused, or gone without', async () => {
      await expect(here.withLock(['a'], options(), async () => 'in')).rejects.toEqual(unavailable);
      expect(await here.withLock(['a'], options({ without: 'proceed' }), async () => 'in')).toBe('in');
    });
  });

  describe('when Redis hangs', () => {
    beforeEach(() => given.server.pause());
    afterEach(() => given.server.resume());

    test('cost one time-out, and not one for every call', async () => {
      await expect(here.withLock(['a'], options(), async () => 'in')).rejects.toEqual(unavailable);
      // A time-out for each of them would outlast the test.
      for (let n = 0; n < 200; n += 1) {
        expect(await here.withLock(['a'], options({ without: 'proceed' }), async () => 'in')).toBe('in');
      }
    });
  });

  test('are had again when Redis has come back', async () => {
    await given.server.pause();
    await expect(here.withLock(['a'], options(), async () => 'in')).rejects.toEqual(unavailable);
    await given.server.resume();
    await pause(1100);
    expect(await here.withLock(['b'], options(), async () => 'in')).toBe('in');
  });
});
