import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import fc from 'fast-check';
import { createRecentWrites, type RecentWrites } from './recent-writes.ts';
import { redisReady } from './redis-ready.ts';
import { type TestClient, testRedis } from './testing/test-redis.ts';

let given: TestClient;
let now: number;
let writes: RecentWrites;

const source = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const other = '4e11fa47-71ca-11e1-9e33-c80aa9429562';

beforeAll(async () => {
  given = await testRedis();
});
afterAll(() => given.close());
beforeEach(async () => {
  await given.redis.flushall();
  now = 0;
  writes = createRecentWrites({ redis: given.redis, now: () => now });
});

describe('what a user wrote last', () => {
  test('is known for a while, and nothing is known of who wrote nothing', async () => {
    await writes.remember(['mina', 'jun'], `${source}:7`);
    expect(await writes.gtidOf('mina')).toEqual({ gtid: `${source}:7`, known: true });
    expect(await writes.gtidOf('sora')).toEqual({ known: true });
    expect(await given.redis.pttl('recent-write:jun')).toBeGreaterThan(25_000);
  });

  test('never goes back within a source, in whatever order it is told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 }), async (numbers) => {
        await given.redis.flushall();
        await Promise.all(numbers.map((number) => writes.remember(['mina'], `${source}:${number}`)));
        expect(await writes.gtidOf('mina')).toEqual({ gtid: `${source}:${Math.max(...numbers)}`, known: true });
      }),
      { numRuns: 50 },
    );
  });

  test('follows to another source', async () => {
    await writes.remember(['mina'], `${source}:900`);
    await writes.remember(['mina'], `${other}:3`);
    expect(await writes.gtidOf('mina')).toEqual({ gtid: `${other}:3`, known: true });
  });

  test('is not known while Redis hangs, nor for a while after a note was lost', async () => {
    await given.server.pause();
    try {
      // A time-out for each of them would outlast the test.
      for (let count = 0; count < 200; count += 1) {
        await writes.remember(['mina'], `${source}:7`);
        expect(await writes.gtidOf('mina')).toEqual({ known: false });
      }
    } finally {
      await given.server.resume();
    }
    now = 2000;
    await until('Redis answers', async () => (await given.redis.ping().catch(() => '')) === 'PONG');
    expect(await writes.gtidOf('sora')).toEqual({ known: false });
    now = 31_000;
    expect(await writes.gtidOf('sora')).toEqual({ known: true });
  });

  test('is in doubt for a while after Redis came back, since it may have forgotten', async () => {
    await given.server.kill();
    await until('it is noticed', async () => given.redis.status !== 'ready');
    await given.server.restart();
    await redisReady(given.redis, 5000);
    expect(await writes.gtidOf('mina')).toEqual({ known: false });
    now = 31_000;
    expect(await writes.gtidOf('mina')).toEqual({ known: true });
  });
});
