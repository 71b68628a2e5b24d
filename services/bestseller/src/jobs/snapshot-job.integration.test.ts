import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Clock } from '@onsale/platform/service';
import { createMetrics } from '@onsale/platform/telemetry';
import { until } from '@onsale/tests/support';
import { daysUpTo } from '../domain/day.ts';
import { snapshotItems } from '../testing/snapshot-items.ts';
import {
  insertProducts,
  saleEvent,
  silent,
  type TestBestsellers,
  testBestsellers,
  testClock,
} from '../testing/test-bestsellers.ts';
import { snapshotJob } from './snapshot-job.ts';

let bench: TestBestsellers;

beforeAll(async () => {
  bench = await testBestsellers();
  await insertProducts(bench.shop, ['a', 'b', 'c', 'd']);
});
afterAll(() => bench?.stop());

describe('the job', () => {
  async function whileRunning(clock: Clock, work: () => Promise<void>): Promise<void> {
    const controller = new AbortController();
    const job = snapshotJob(
      { database: bench.database, log: silent, metrics: createMetrics('bestseller') },
      { take: bench.take, clock, graceSeconds: 15, catchUpDays: 7 },
    );
    const running = job.run(controller.signal);
    try {
      await work();
    } finally {
      controller.abort();
      await running;
    }
  }
  const taken = async (from: string) =>
    (
      await bench.shop.rows(
        `SELECT DATE_FORMAT(day, '%Y-%m-%d') AS day FROM bestseller_snapshots AS taken
          WHERE taken.day >= ? ORDER BY taken.day`,
        [from],
      )
    ).map(({ day }) => day);

  test('takes a day when it has ended and the grace is over, and catches up on those that were slept through', async () => {
    const clock = testClock('2028-03-10T15:00:14.999Z');
    // A week up to the day before: the one that ended a moment ago is not due.
    const week = daysUpTo('2028-03-09', 7);
    await bench.count([saleEvent('2028-03-10', { a: 1 }), saleEvent('2028-03-11', { b: 2 })]);
    await whileRunning(clock, async () => {
      await until('the week to be taken', async () => (await taken('2028-01-01')).length === 7);
      expect(await taken('2028-01-01')).toEqual(week);
      clock.set('2028-03-10T15:00:15.000Z');
      await until('the day to be taken', async () => (await taken('2028-03-10')).length === 1);
    });
    // Nothing runs for three days.
    clock.set('2028-03-13T20:00:00Z');
    await bench.count([saleEvent('2028-03-12', { c: 3 })]);
    await whileRunning(clock, async () => {
      await until('the days to be taken', async () => (await taken('2028-03-10')).length === 4);
    });
    expect(await taken('2028-03-10')).toEqual(['2028-03-10', '2028-03-11', '2028-03-12', '2028-03-13']);
    expect(
      await Promise.all(
        ['2028-03-10', '2028-03-11', '2028-03-12', '2028-03-13'].map((day) => snapshotItems(bench.shop, day)),
      ),
    ).toEqual([[[1, 'a', 1]], [[1, 'b', 2]], [[1, 'c', 3]], []]);
  });

  test('does not sleep through the end of a day that comes between two looks at the clock', async () => {
    const moments = [new Date('2028-04-10T15:00:14.999Z'), new Date('2028-04-10T15:00:15.000Z')];
    let looks = 0;
    const clock = { now: () => moments[Math.min(looks++, 1)] ?? new Date(0) };
    await whileRunning(clock, async () => {
      await until('the day to be taken', async () => (await taken('2028-04-10')).length === 1);
    });
  });

  test('has one leader: of two that run, each day is taken once', async () => {
    const clock = testClock('2029-03-10T20:00:00Z');
    await whileRunning(clock, () =>
      whileRunning(clock, async () => {
        await until('the week to be taken', async () => (await taken('2029-01-01')).length === 7);
      }),
    );
    expect(await taken('2029-01-01')).toEqual(daysUpTo('2029-03-10', 7));
  });
});
