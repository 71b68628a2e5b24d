import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidIds } from '@onsale/platform/service';
import { createMetrics } from '@onsale/platform/telemetry';
import { until } from '@onsale/tests/support';
import { addDays, dayOf } from '../domain/day.ts';
import { rankingJob } from '../jobs/ranking-job.ts';
import type { Ranking } from '../ranking/ranking.ts';
import {
  insertProducts,
  positive,
  saleEvent,
  silent,
  type TestBestsellers,
  testBestsellers,
} from '../testing/test-bestsellers.ts';
import { keepRanking } from './keep-ranking.ts';
import { liveBestsellers } from './live-bestsellers.ts';

let bench: TestBestsellers;
let days = 0;

beforeAll(async () => {
  bench = await testBestsellers();
});
afterAll(() => bench?.stop());

async function dayWith(sold: Readonly<Record<string, number>>): Promise<string> {
  days += 1;
  const day = addDays('2027-01-01', days);
  await bench.keep.makeWhole(day);
  await bench.count([saleEvent(day, sold)]);
  return day;
}
const rankingOf = (day: string) => `bestsellers:{${day}}:ranking`;
const versionsOf = (day: string) => `bestsellers:{${day}}:versions`;

describe('the comparison finds', () => {
  test('nothing in a ranking that is right', async () => {
    const day = await dayWith({ a: 3, b: 2, c: -1, d: 0 });
    expect(await bench.keep.mend(day)).toBe(0);
  });

  test('nothing in one whose updates are on their way', async () => {
    const day = await dayWith({ a: 3, b: 2 });
    let looks = 0;
    // What the ranking has not heard of at the first look it has passed by at the second, and the table goes on.
    const ranking: Ranking = {
      ...bench.ranking,
      look: async (...asked) => {
        looks += 1;
        const held = await bench.ranking.look(...asked);
        if (looks <= 2) await bench.count([saleEvent(day, { a: 1, b: 1 })]);
        return held;
      },
    };
    const keep = keepRanking({ ...bench, ranking, ids: uuidIds, log: silent, settleMs: 1 });
    await bench.shop.schema.admin.query(
      'UPDATE product_statistics SET quantity_sold = quantity_sold + 1, version = version + 1 WHERE day = ?',
      [day],
    );
    expect(await keep.mend(day)).toBe(0);
    expect(await bench.shown(day)).toEqual(await bench.sold(day));
  });

  test.each([
    ['an update that never came', (day: string) => table(day, 'quantity_sold = 9, version = version + 1')],
    ['a ranking older than the table', (day: string) => bench.redis.hset(versionsOf(day), 'a', 0)],
    ['a ranking ahead of the table', (day: string) => bench.redis.hset(versionsOf(day), 'a', 99)],
    ['a wrong score', (day: string) => bench.redis.zadd(rankingOf(day), -77, 'a')],
    [
      'a product that was swapped for one the table does not know',
      async (day: string) => {
        await bench.redis.zrem(rankingOf(day), 'a');
        await bench.redis.zadd(rankingOf(day), -5, 'stranger');
        await bench.redis.hset(versionsOf(day), 'stranger', 3);
      },
    ],
  ])('%s, and the ranking is made anew', async (_, damage) => {
    const day = await dayWith({ a: 3, b: 2 });
    await damage(day);
    expect(await bench.keep.mend(day)).toBeGreaterThan(0);
    expect(await bench.shown(day)).toEqual(positive(await bench.sold(day)));
    expect(await bench.keep.mend(day)).toBe(0);
  });

  const table = (day: string, change: string) =>
    bench.shop.schema.admin.query(`UPDATE product_statistics SET ${change} WHERE day = ? AND product_id = 'a'`, [day]);
});

test('a Redis that came back old is set right by the comparison', async () => {
  const day = await dayWith({ a: 3, b: 2, gone: 4 });
  const backup = await Promise.all([rankingOf(day), versionsOf(day)].map((key) => bench.redis.dumpBuffer(key)));
  await bench.count([saleEvent(day, { a: 5, gone: -4, late: 1 })]);
  await bench.redis.flushall();
  for (const [index, key] of [rankingOf(day), versionsOf(day)].entries()) {
    await bench.redis.restore(key, 0, backup[index] ?? Buffer.of());
  }
  expect(await bench.shown(day)).toEqual({ a: 3, b: 2, gone: 4 });
  expect(await bench.keep.mend(day)).toBe(3);
  expect(await bench.shown(day)).toEqual({ a: 8, b: 2, late: 1 });
});

test('while Redis is emptied again and again, readers see all that is sold, and in the end the ranking is whole', async () => {
  const clock = { now: () => new Date('2027-06-01T03:00:00Z') };
  const day = dayOf(clock.now());
  const products = Array.from({ length: 1_500 }, (_, index) => `p${String(index).padStart(4, '0')}`);
  await insertProducts(bench.shop, products);
  const first = Object.fromEntries(products.map((id, index) => [id, 10_000 + index]));
  await bench.count([saleEvent(day, first)]);
  const controller = new AbortController();
  const metrics = createMetrics('bestseller');
  const job = rankingJob(
    { database: bench.database, log: silent, metrics },
    { keep: bench.keep, ranking: bench.ranking, clock, checkMs: 20, compareMs: 300 },
  );
  const running = job.run(controller.signal);
  const uncached = { get: <T>(_key: string, _schema: unknown, _lifetime: unknown, load: () => Promise<T>) => load() };
  const sources = { ranking: 0, table: 0 };
  const live = liveBestsellers({
    database: bench.database,
    cache: uncached,
    clock,
    ranking: {
      top: async (...asked) => {
        const places = await bench.ranking.top(...asked);
        sources[places === undefined ? 'table' : 'ranking'] += 1;
        return places;
      },
    },
  });
  try {
    await until('the replica to have the products', async () => (await live(100)).items.length === 100);
    let selling = true;
    const sales = (async () => {
      for (let round = 0; round < 60; round += 1) {
        const id = products[(round * 7) % products.length] ?? '';
        await bench.count([saleEvent(day, { [id]: 1 + (round % 5) }), saleEvent(day, { p0003: 2 })]);
        if (round % 6 === 0) await bench.redis.flushall();
      }
      selling = false;
    })();
    while (selling) {
      const { items } = await live(100);
      const now = await bench.sold(day);
      expect(items).toHaveLength(100);
      expect(items.map(({ rank }) => rank)).toEqual(items.map((_, index) => index + 1));
      for (const { productId, quantitySold } of items) {
        // Never less than what was sold before all this, never more than is sold now.
        expect(quantitySold).toBeGreaterThanOrEqual(first[productId] ?? Number.NaN);
        expect(quantitySold).toBeLessThanOrEqual(now[productId] ?? Number.NaN);
      }
    }
    await sales;
    await bench.redis.flushall();
    const whole = await until('the ranking to be whole', async () => bench.shown(day));
    expect(whole).toEqual(await bench.sold(day));
    // Both ways were taken, or this has shown nothing.
    expect(sources.table).toBeGreaterThan(0);
    await live(1);
    expect(sources.ranking).toBeGreaterThan(0);
  } finally {
    controller.abort();
    await running;
  }
});

test('the job makes today and yesterday whole, and sets right what Redis lost while it was away', async () => {
  const clock = { now: () => new Date('2027-07-01T15:00:00.000Z') };
  const [yesterday, today] = ['2027-07-01', '2027-07-02'];
  await bench.count([saleEvent(yesterday, { a: 2 }), saleEvent(today, { a: 1 })]);
  const controller = new AbortController();
  const job = rankingJob(
    { database: bench.database, log: silent, metrics: createMetrics('bestseller') },
    // The comparison is not due again in this test, but for the reconnection.
    { keep: bench.keep, ranking: bench.ranking, clock, checkMs: 20, compareMs: 3_600_000 },
  );
  const running = job.run(controller.signal);
  try {
    await until('both to be whole', async () => (await bench.shown(today)) && (await bench.shown(yesterday)));
    await bench.redis.save();
    await bench.shop.redis.server.kill();
    await bench.count([saleEvent(today, { a: 4 })]);
    await bench.shop.redis.server.restart();
    await until('the ranking to have what was sold', async () => {
      const shown = await bench.shown(today).catch(() => undefined);
      return shown?.a === 5;
    });
    expect(await bench.shown(yesterday)).toEqual({ a: 2 });
  } finally {
    controller.abort();
    await running;
  }
});
