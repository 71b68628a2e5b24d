import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { addDays, daysUpTo } from '../domain/day.ts';
import { snapshotItems } from '../testing/snapshot-items.ts';
import {
  insertProducts,
  insertUnhandled,
  saleEvent,
  silent,
  type TestBestsellers,
  testBestsellers,
} from '../testing/test-bestsellers.ts';
import { readSnapshot } from './read-snapshot.ts';

let bench: TestBestsellers;
let days = 0;
const never = new AbortController().signal;

beforeAll(async () => {
  bench = await testBestsellers();
  await insertProducts(bench.shop, ['a', 'b', 'c', 'd']);
});
afterEach(async () => {
  await bench.shop.schema.admin.query('DELETE FROM outbox');
});
afterAll(() => bench?.stop());

/** A day of the test's own, long over by the bench's clock unless an event waits before its end. */
function freshDay(): string {
  days += 1;
  return addDays('2025-01-01', days * 10);
}

const snapshotOf = async (day: string) => {
  const [row] = await bench.shop.rows('SELECT entries, unhandled_events FROM bestseller_snapshots WHERE day = ?', [
    day,
  ]);
  return row && { entries: row.entries, unhandled: row.unhandled_events };
};
const itemsOf = (day: string) => snapshotItems(bench.shop, day);

test('a snapshot has what was sold, the best first and ties by id, with the names of then', async () => {
  const day = freshDay();
  await bench.count([saleEvent(day, { c: 3, b: 3, a: 1, d: -2 }), saleEvent(addDays(day, 1), { a: 50 })]);
  expect(await bench.take([day], never)).toEqual([day]);
  await bench.shop.schema.admin.query(`UPDATE products SET name = 'Renamed' WHERE id = 'a'`);
  expect(await snapshotOf(day)).toEqual({ entries: 3, unhandled: 0 });
  expect(await itemsOf(day)).toEqual([
    [1, 'b', 3],
    [2, 'c', 3],
    [3, 'a', 1],
  ]);
  const [row] = await bench.shop.rows(
    `SELECT name, name_ko FROM bestseller_snapshot_items WHERE day = ? AND product_id = 'a'`,
    [day],
  );
  expect(row).toEqual({ name: 'Name of a', name_ko: 'a 이름' });
});

test('it holds no more products than it is to', async () => {
  const day = freshDay();
  await bench.count([saleEvent(day, { a: 1, b: 4, c: 3, d: 2 })]);
  await bench.snapshots({ size: 2 })([day], never);
  expect(await itemsOf(day)).toEqual([
    [1, 'b', 4],
    [2, 'c', 3],
  ]);
});

test('it stays as it is, whatever is taken back later', async () => {
  const day = freshDay();
  await bench.count([saleEvent(day, { a: 4 })]);
  await bench.take([day], never);
  await bench.count([saleEvent(day, { a: -4, b: 9 })]);
  expect(await bench.take([day], never)).toEqual([]);
  expect(await itemsOf(day)).toEqual([[1, 'a', 4]]);
});

test('two that take the same days at once take each of them once', async () => {
  const first = freshDay();
  const all = daysUpTo(first, 5);
  for (const [index, day] of all.entries()) await bench.count([saleEvent(day, { a: 5, b: index + 3 })]);
  const taken = await Promise.all([bench.take(all, never), bench.take(all, never), bench.take(all, never)]);
  expect(taken.flat().sort()).toEqual(all);
  for (const [index, day] of all.entries()) {
    expect(await snapshotOf(day)).toEqual({ entries: 2, unhandled: 0 });
    const inOrder = index + 3 > 5 ? ['b', 'a'] : ['a', 'b'];
    expect((await itemsOf(day)).map(([, productId]) => productId)).toEqual(inOrder);
  }
});

test('one that is cut off half written leaves nothing, readers never see a part, and the next one is right', async () => {
  const day = freshDay();
  await bench.count([saleEvent(day, { a: 1, b: 4, c: 3, d: 2 })]);
  const uncached = { get: <T>(_key: string, _schema: unknown, _lifetime: unknown, load: () => Promise<T>) => load() };
  const read = readSnapshot({ database: bench.database, cache: uncached });
  const seen = new Map<number, number>();
  const look = async () => {
    const count = await read({ day, limit: 100 }).then(
      ({ items }) => items.length,
      () => 0,
    );
    seen.set(count, (seen.get(count) ?? 0) + 1);
    return count;
  };

  // The third item's place is held by another transaction: the snapshot waits there, two items written.
  const holder = await bench.shop.schema.admin.getConnection();
  await holder.beginTransaction();
  await holder.query(
    `INSERT INTO bestseller_snapshot_items (day, position, product_id, name, name_ko, quantity_sold)
     VALUES (?, 3, 'held', 'x', 'x', 1)`,
    [day],
  );
  const taking = bench.take([day], never);
  const kill = async () => {
    const waiting = await until('the snapshot to wait', async () => {
      const rows = await bench.shop.rows(
        `SELECT trx_mysql_thread_id AS id FROM information_schema.innodb_trx AS trx
           JOIN information_schema.processlist AS process ON process.id = trx.trx_mysql_thread_id
          WHERE process.db = ? AND trx.trx_state = 'LOCK WAIT' AND trx.trx_query LIKE '%bestseller_snapshot_items%'`,
        [bench.shop.schema.name],
      );
      return rows[0]?.id;
    });
    await bench.shop.schema.admin.query('KILL ?', [waiting]);
  };
  await kill();
  expect(await look()).toBe(0);
  expect(await snapshotOf(day)).toBeUndefined();
  expect(await itemsOf(day)).toEqual([]);

  let done = false;
  const polling = (async () => {
    while (!done || (await look()) === 0) await look();
  })();
  await holder.rollback();
  holder.release();
  expect(await taking).toEqual([day]);
  done = true;
  await polling;
  expect(await snapshotOf(day)).toEqual({ entries: 4, unhandled: 0 });
  expect((await itemsOf(day)).map(([, productId]) => productId)).toEqual(['b', 'c', 'd', 'a']);
  expect([...seen.keys()].sort()).toEqual([0, 4]);
});

describe('an event that is not counted yet', () => {
  test('is waited for, and what it says is in the snapshot', async () => {
    const day = freshDay();
    await bench.count([saleEvent(day, { a: 1 })]);
    const id = await insertUnhandled(bench.shop, `${day}T14:59:59.999Z`);
    let waits = 0;
    const take = bench.snapshots({
      pause: async () => {
        waits += 1;
        expect(await snapshotOf(day)).toBeUndefined();
        if (waits === 3) await bench.count([saleEvent(day, { a: 5 }, id)]);
      },
    });
    expect(await take([day], never)).toEqual([day]);
    expect(waits).toBe(3);
    expect(await snapshotOf(day)).toEqual({ entries: 1, unhandled: 0 });
    expect(await itemsOf(day)).toEqual([[1, 'a', 6]]);
  });

  test('is waited for when it is a cancellation, too, and one after the other', async () => {
    const day = freshDay();
    await bench.count([saleEvent(day, { a: 3 })]);
    const cancelled = await insertUnhandled(bench.shop, `${day}T10:00:00Z`, 'order-cancelled');
    let waits = 0;
    let later = '';
    const take = bench.snapshots({
      pause: async () => {
        waits += 1;
        if (waits === 1) await bench.count([saleEvent(day, { a: -1 }, cancelled)]);
        if (waits === 2) await bench.count([saleEvent(day, { b: 8 }, later)]);
        // This one comes while the first are waited for: it is looked for again before the snapshot is taken.
        if (waits === 1) later = await insertUnhandled(bench.shop, `${day}T11:00:00Z`);
      },
    });
    await take([day], never);
    expect(await itemsOf(day)).toEqual([
      [1, 'b', 8],
      [2, 'a', 2],
    ]);
  });

  test('of after midnight, or of another kind, is not waited for', async () => {
    const day = freshDay();
    await insertUnhandled(bench.shop, `${day}T15:00:00.000Z`);
    await insertUnhandled(bench.shop, `${day}T10:00:00.000Z`, 'balance-changed');
    const take = bench.snapshots({ pause: () => Promise.reject(new Error('it waited')) });
    expect(await take([day], never)).toEqual([day]);
    expect(await snapshotOf(day)).toEqual({ entries: 0, unhandled: 0 });
  });

  test('is told of when the wait is over; all days share that wait', async () => {
    const day = freshDay();
    const next = addDays(day, 1);
    await bench.count([saleEvent(day, { a: 1 })]);
    for (const at of [`${day}T00:00:00Z`, `${day}T14:00:00Z`, `${next}T14:00:00Z`])
      await insertUnhandled(bench.shop, at);
    const errors: unknown[] = [];
    const log = Object.assign(Object.create(silent), { error: (told: unknown) => errors.push(told) });
    const start = bench.clock.now();
    let waits = 0;
    const take = bench.snapshots({
      waitSeconds: 30,
      log,
      pause: async () => {
        waits += 1;
        bench.clock.set(new Date(start.getTime() + waits * 10_000));
      },
    });
    expect(await take([next, day], never)).toEqual([day, next]);
    expect(waits).toBe(3);
    expect(await snapshotOf(day)).toEqual({ entries: 1, unhandled: 2 });
    expect(await snapshotOf(next)).toEqual({ entries: 0, unhandled: 3 });
    expect(errors).toEqual([
      { day, unhandled: 2 },
      { day: next, unhandled: 3 },
    ]);
  });
});
