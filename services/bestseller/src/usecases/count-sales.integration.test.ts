import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { redisReady } from '@onsale/platform/redis';
import fc from 'fast-check';
import { addDays } from '../domain/day.ts';
import { positive, saleEvent, silent, type TestBestsellers, testBestsellers } from '../testing/test-bestsellers.ts';
import { countSales, type SaleEvent } from './count-sales.ts';

let bench: TestBestsellers;
let days = 0;

beforeAll(async () => {
  bench = await testBestsellers();
});
afterAll(() => bench?.stop());

/** A day of the test's own, with a ranking that is whole. */
async function freshDay(): Promise<string> {
  days += 1;
  const day = addDays('2027-01-01', days);
  await bench.keep.makeWhole(day);
  return day;
}

const inboxOf = async (events: readonly SaleEvent[]): Promise<number> =>
  (await bench.shop.rows('SELECT event_id FROM inbox WHERE event_id IN (?)', [events.map(({ id }) => id)])).length;

test('sales of many events are summed by day and product, and noted as counted', async () => {
  const [day, next] = [await freshDay(), await freshDay()];
  const events = [
    saleEvent(day, { a: 2, b: 1 }),
    saleEvent(day, { a: 3 }),
    saleEvent(next, { a: 7 }),
    saleEvent(day, { b: -1 }),
  ];
  await bench.count(events);
  expect(await bench.sold(day)).toEqual({ a: 5, b: 0 });
  expect(await bench.sold(next)).toEqual({ a: 7 });
  expect(await bench.shown(day)).toEqual({ a: 5 });
  expect(await bench.shown(next)).toEqual({ a: 7 });
  expect(await inboxOf(events)).toBe(4);
});

describe('an event is counted once', () => {
  test('when it comes again', async () => {
    const day = await freshDay();
    const event = saleEvent(day, { a: 2 });
    await bench.count([event]);
    await bench.count([event]);
    await bench.count([event, saleEvent(day, { a: 1 })]);
    expect(await bench.sold(day)).toEqual({ a: 3 });
    const [row] = await bench.shop.rows('SELECT version FROM product_statistics WHERE day = ?', [day]);
    expect(row).toEqual({ version: 2 });
  });

  test('when it comes twice in one batch', async () => {
    const day = await freshDay();
    const event = saleEvent(day, { a: 2 });
    await bench.count([event, event]);
    expect(await bench.sold(day)).toEqual({ a: 2 });
  });

  test('when two consumers have it at the same moment', async () => {
    const day = await freshDay();
    const events = Array.from({ length: 20 }, (_, index) => saleEvent(day, { a: 1, [`p${index % 3}`]: 2 }));
    await Promise.all([bench.count(events), bench.count(events.toReversed()), bench.count(events.slice(5, 15))]);
    expect(await bench.sold(day)).toEqual({ a: 20, p0: 14, p1: 14, p2: 12 });
    expect(await bench.shown(day)).toEqual({ a: 20, p0: 14, p1: 14, p2: 12 });
  });
});

test('a cancellation that overtakes its sale takes the total below zero until the sale comes', async () => {
  const day = await freshDay();
  await bench.count([saleEvent(day, { a: -3 })]);
  expect(await bench.sold(day)).toEqual({ a: -3 });
  expect(await bench.shown(day)).toEqual({});
  await bench.count([saleEvent(day, { a: 3 })]);
  expect(await bench.sold(day)).toEqual({ a: 0 });
  await bench.count([saleEvent(day, { a: 1 })]);
  expect(await bench.shown(day)).toEqual({ a: 1 });
});

test('an event that comes again after its consumer died before it told the ranking, tells it', async () => {
  const day = await freshDay();
  const event = saleEvent(day, { a: 4 });
  const dying = countSales({
    ...bench,
    log: silent,
    ranking: { update: () => Promise.reject(new Error('died before this')) },
  });
  await dying([event]);
  expect(await bench.shown(day)).toEqual({});
  await bench.count([event]);
  expect(await bench.sold(day)).toEqual({ a: 4 });
  expect(await bench.shown(day)).toEqual({ a: 4 });
});

test('however sales, cancellations and repeats meet, table and ranking end as the events say', async () => {
  const products = ['a', 'b', 'c', 'd'];
  const event = fc.dictionary(fc.constantFrom(...products), fc.integer({ min: -5, max: 9 }), {
    minKeys: 1,
    maxKeys: 4,
  });
  const plan = fc.record({
    events: fc.array(event, { minLength: 1, maxLength: 25 }),
    // Which events each consumer gets, in what portions.
    deliveries: fc.array(fc.array(fc.nat(24), { minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 10 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ events, deliveries }) => {
      const day = await freshDay();
      const all = events.map((sold) => saleEvent(day, sold));
      const batches = deliveries.map((places) => places.flatMap((place) => all[place % all.length] ?? []));
      await Promise.all(batches.map((batch) => bench.count(batch)));

      const counted = new Set(batches.flat());
      const expected: Record<string, number> = {};
      for (const { data } of counted) {
        for (const { productId, quantity } of data.items) expected[productId] = (expected[productId] ?? 0) + quantity;
      }
      expect(await bench.sold(day)).toEqual(expected);
      expect(await bench.shown(day)).toEqual(positive(expected));
    }),
    { numRuns: 25 },
  );
});

test('a Redis that hangs or is gone neither fails the counting nor holds it up for long; then the ranking is mended', async () => {
  const day = await freshDay();
  const { server } = bench.shop.redis;
  await server.pause();
  try {
    const events = Array.from({ length: 40 }, () => saleEvent(day, { a: 1 }));
    // Each would pay the time-out of half a second, were it not known that Redis is away.
    const counted = (async () => {
      for (const event of events) await bench.count([event]);
      return 'counted';
    })();
    expect(await Promise.race([counted, pause(15_000, 'too late', { ref: false })])).toBe('counted');
  } finally {
    await server.resume();
  }
  expect(await bench.sold(day)).toEqual({ a: 40 });
  await server.kill();
  await bench.count([saleEvent(day, { a: 1 })]);
  await server.restart();
  if (!(await redisReady(bench.redis, 10_000))) throw new Error('Redis did not come back');
  await pause(1_100);
  await bench.keep.makeWhole(day);
  await bench.keep.mend(day);
  expect(await bench.shown(day)).toEqual({ a: 41 });
});
