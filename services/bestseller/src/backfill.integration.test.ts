import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { finish, startCommand, until } from '@onsale/tests/support';
import { addDays, dayOf, startOf } from './domain/day.ts';
import { sellAtRandom, soldByOrders, uncounted } from './testing/sell-at-random.ts';
import { insertProducts, positive, type TestBestsellers, testBestsellers } from './testing/test-bestsellers.ts';
import { recountStatistics } from './usecases/recount-statistics.ts';

let bench: TestBestsellers;
const today = dayOf(new Date());

beforeAll(async () => {
  bench = await testBestsellers(new Date().toISOString(), { parts: ['http', 'migrate', 'relay'], bestseller: true });
  await insertProducts(bench.shop, ['a', 'b', 'c']);
});
afterAll(() => bench?.stop());

const backfill = async (from: string, to: string) =>
  finish(startCommand('services/bestseller/src/backfill.ts', ['--from', from, '--to', to], bench.shop.env), 60_000);

/** An order with its events, straight into the tables; an event that is not mentioned was purged long ago. */
async function insertOrder(
  createdAt: string,
  sold: Readonly<Record<string, number>>,
  {
    cancelled = false,
    events = {},
  }: { cancelled?: boolean; events?: Readonly<Record<string, 'handled' | 'open'>> } = {},
): Promise<void> {
  const { admin } = bench.shop.schema;
  const id = randomUUID();
  await admin.query(
    `INSERT INTO orders (id, user_id, status, discount, total, created_at, cancelled_at) VALUES (?, 'u', ?, 0, 1, ?, ?)`,
    [id, cancelled ? 'CANCELLED' : 'COMPLETED', new Date(createdAt), cancelled ? new Date() : null],
  );
  await admin.query('INSERT INTO order_items (order_id, product_id, quantity, unit_price) VALUES ?', [
    Object.entries(sold).map(([productId, quantity]) => [id, productId, quantity, 1]),
  ]);
  for (const [topic, state] of Object.entries(events)) {
    const eventId = randomUUID();
    await admin.query(
      `INSERT INTO outbox (event_id, topic, message_key, type, source, data, created_at, sent_at)
       VALUES (?, ?, ?, 'x', 'order', '{}', ?, ?)`,
      [eventId, topic, id, new Date(createdAt), new Date()],
    );
    if (state === 'handled') {
      await admin.query(`INSERT INTO inbox (consumer, event_id) VALUES ('bestseller', ?)`, [eventId]);
    }
  }
}

describe('a day is what its orders say, as far as their events are handled', () => {
  beforeEach(async () => {
    for (const table of ['orders', 'order_items', 'outbox', 'inbox', 'product_statistics']) {
      await bench.shop.schema.admin.query(`DELETE FROM ${table}`);
    }
  });
  const recount = (day: string) => recountStatistics(bench)(day);

  test('with the borders of the day in Asia/Seoul', async () => {
    await insertOrder('2024-05-09T14:59:59.999Z', { a: 1 });
    await insertOrder('2024-05-09T15:00:00.000Z', { a: 10, b: 3 });
    await insertOrder('2024-05-10T14:59:59.999Z', { a: 100 });
    await insertOrder('2024-05-10T15:00:00.000Z', { a: 1_000 });
    expect(await recount('2024-05-10')).toEqual({ products: 2, corrected: 2 });
    expect(await bench.sold('2024-05-10')).toEqual({ a: 110, b: 3 });
  });

  test.each([
    ['purged', false, {}, 5],
    ['counted', false, { 'order-completed': 'handled' }, 5],
    ['not counted', false, { 'order-completed': 'open' }, 0],
    ['taken back, all purged', true, {}, 0],
    ['taken back, which is not counted', true, { 'order-completed': 'handled', 'order-cancelled': 'open' }, 5],
    ['taken back, which is counted', true, { 'order-completed': 'handled', 'order-cancelled': 'handled' }, 0],
    ['taken back, which overtook the sale', true, { 'order-completed': 'open', 'order-cancelled': 'handled' }, -5],
    ['taken back, nothing counted', true, { 'order-completed': 'open', 'order-cancelled': 'open' }, 0],
  ] as const)('an order that is %s', async (_, cancelled, events, sold) => {
    await insertOrder('2024-06-01T00:00:00Z', { a: 5 }, { cancelled, events });
    await recount('2024-06-01');
    expect((await bench.sold('2024-06-01')).a ?? 0).toBe(sold);
    expect(await recount('2024-06-01')).toMatchObject({ corrected: 0 });
  });

  test('what should not be there is set to nothing, with a newer version, and the ranking hears of it', async () => {
    const day = '2024-06-02';
    await insertOrder('2024-06-02T00:00:00Z', { a: 5, b: 2 });
    await bench.shop.schema.admin.query(
      'INSERT INTO product_statistics (day, product_id, quantity_sold, version) VALUES ?',
      [
        [
          [day, 'b', 2, 3],
          [day, 'a', 4, 7],
          [day, 'c', 9, 1],
        ],
      ],
    );
    await bench.keep.makeWhole(day);
    expect(await recount(day)).toEqual({ products: 2, corrected: 2 });
    const rows = await bench.shop.rows(
      'SELECT product_id AS id, quantity_sold AS sold, version FROM product_statistics WHERE day = ? ORDER BY product_id',
      [day],
    );
    expect(rows).toEqual([
      { id: 'a', sold: 5, version: 8 },
      { id: 'b', sold: 2, version: 3 },
      { id: 'c', sold: 0, version: 2 },
    ]);
    expect(await bench.shown(day)).toEqual({ a: 5, b: 2 });
  });

  test('the command recounts each day of the range, and takes the snapshots of those that have ended', async () => {
    const from = addDays(today, -3);
    await insertOrder(`${addDays(today, -2)}T05:00:00Z`, { a: 2, b: 3 });
    const { code, output } = await backfill(from, today);
    expect(output.split('\n')).toEqual([
      `${from}  0 products, 0 corrected`,
      `${addDays(today, -2)}  2 products, 2 corrected`,
      `${addDays(today, -1)}  0 products, 0 corrected`,
      `${today}  0 products, 0 corrected`,
      `${from}  snapshot taken`,
      `${addDays(today, -2)}  snapshot taken`,
      `${addDays(today, -1)}  snapshot taken`,
      '',
    ]);
    expect(code).toBe(0);
    const items = await bench.shop.rows('SELECT product_id, quantity_sold FROM bestseller_snapshot_items');
    expect(items).toEqual([
      { product_id: 'b', quantity_sold: 3 },
      { product_id: 'a', quantity_sold: 2 },
    ]);
    expect((await backfill(from, today)).output).not.toContain('snapshot');
  });

  test('the command says in a line what it cannot do', async () => {
    const { code, output } = await backfill('2026-11-21', '2026-11-20');
    expect(code).toBe(1);
    expect(output).toMatch(/^backfill: --from must not be after --to; usage: .*\n$/);
  });
});

test('while orders are placed and counted every recount finds the table right, and repairs it when it is not', async () => {
  const { shop } = bench;
  const products = await Promise.all(Array.from({ length: 4 }, () => shop.createProduct(100_000)));
  const recount = recountStatistics(bench);
  const sales = await sellAtRandom(
    shop,
    products.map(({ id }) => id),
  );
  try {
    await until('sales to be counted', async () => Object.keys(await bench.sold(today)).length >= 4);
    for (let round = 0; round < 20; round += 1) {
      expect(await recount(today)).toMatchObject({ corrected: 0 });
    }
    await shop.schema.admin.query('DELETE FROM product_statistics WHERE day = ? AND product_id = ?', [
      today,
      products[0]?.id,
    ]);
    await shop.schema.admin.query(
      'UPDATE product_statistics SET quantity_sold = quantity_sold + 1000 WHERE day = ? AND product_id = ?',
      [today, products[1]?.id],
    );
    const { code, output } = await backfill(today, today);
    expect([code, output]).toEqual([0, `${today}  4 products, 2 corrected\n`]);
    expect(await recount(today)).toMatchObject({ corrected: 0 });
  } finally {
    await sales.stop();
  }
  await until('all to be counted', async () => (await uncounted(shop)) === 0, 60_000);
  const expected = await soldByOrders(shop, startOf(today));
  expect(await bench.sold(today)).toEqual(expected);
  await bench.keep.mend(today);
  expect(await bench.shown(today)).toEqual(positive(expected));
}, 120_000);
