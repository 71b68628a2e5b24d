import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, until } from '@onsale/tests/support';
import { addDays, dayOf } from '../domain/day.ts';
import { insertProducts, saleEvent, type TestBestsellers, testBestsellers } from '../testing/test-bestsellers.ts';
import { liveBestsellers } from '../usecases/live-bestsellers.ts';
import { popularProducts } from '../usecases/popular-products.ts';

let bench: TestBestsellers;
const never = new AbortController().signal;
const get = (path: string) => call(`${bench.shop.bestseller.url}${path}`);
const item = (rank: number, productId: string, quantitySold: number) => ({
  rank,
  productId,
  name: `Name of ${productId}`,
  nameKo: `${productId} 이름`,
  quantitySold,
});
const uncached = { get: <T>(_key: string, _schema: unknown, _lifetime: unknown, load: () => Promise<T>) => load() };

beforeAll(async () => {
  bench = await testBestsellers(new Date().toISOString(), {
    bestseller: { parts: ['http', 'migrate', 'ranking'], env: { RANKING_CHECK_MS: '50' } },
  });
  await insertProducts(bench.shop, ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
});
afterAll(() => bench?.stop());

describe('bad input is refused with the field that is wrong', () => {
  test.each([
    ['/api/bestsellers/live?limit=0', 'limit'],
    ['/api/bestsellers/live?limit=101', 'limit'],
    ['/api/bestsellers/live?limit=ten', 'limit'],
    ['/api/bestsellers/live?limit=1&limit=2', 'limit'],
    ['/api/bestsellers/live?date=2026-11-20', 'date'],
    ['/api/bestsellers?limit=1.5', 'limit'],
    ['/api/bestsellers?date=2026-02-29', 'date'],
    ['/api/bestsellers?date=2026-11-20T00:00:00Z', 'date'],
    ['/api/bestsellers?date=yesterday', 'date'],
    ['/api/bestsellers?date=', 'date'],
    ['/api/bestsellers?date=2026-11-20&date=2026-11-21', 'date'],
    ['/api/bestsellers?day=2026-11-20', 'day'],
    ['/api/products/popular?limit=5', 'limit'],
  ])('%s', async (path, field) => {
    const { status, body } = await get(path);
    expect([status, body.code]).toEqual([400, 'invalid-request']);
    expect(body.errors).toMatchObject([{ field, in: 'query' }]);
  });
});

test('the snapshots: none, that of a day, and the newest', async () => {
  expect((await get('/api/bestsellers')).body).toEqual({ items: [] });
  for (const day of ['0001-01-01', '2020-05-01', '9999-12-31']) {
    expect(await get(`/api/bestsellers?date=${day}`)).toMatchObject({
      status: 404,
      body: { code: 'snapshot-not-found' },
    });
  }
  await bench.count([saleEvent('2020-05-01', { a: 1, b: 2 }), saleEvent('2020-05-02', { c: 7 })]);
  await bench.take(['2020-05-02', '2020-05-01'], never);
  const first = await until('the replica to have the snapshot', async () => {
    const answer = await get('/api/bestsellers?date=2020-05-01');
    return answer.status === 200 && answer;
  });
  expect(first.body).toEqual({ items: [item(1, 'b', 2), item(2, 'a', 1)] });
  expect((await get('/api/bestsellers?date=2020-05-01&limit=1')).body).toEqual({ items: [item(1, 'b', 2)] });
  const newest = await until('the newest to be the second', async () => {
    const { body } = await get('/api/bestsellers');
    return body.items.length === 1 && body;
  });
  expect(newest).toEqual({ items: [item(1, 'c', 7)] });
});

test('live shows what sold most today, by the ranking when it is whole and by the table while it is not', async () => {
  const today = dayOf(new Date());
  await bench.count([saleEvent(today, { a: 3, c: 5, b: 3 }), saleEvent(addDays(today, -1), { d: 99 })]);
  const expected = { items: [item(1, 'c', 5), item(2, 'a', 3), item(3, 'b', 3)] };
  await until('it to be shown', async () => (await get('/api/bestsellers/live')).body.items.length === 3);
  expect((await get('/api/bestsellers/live')).body).toEqual(expected);
  expect((await get('/api/bestsellers/live?limit=2')).body).toEqual({ items: expected.items.slice(0, 2) });

  // The table says otherwise, so that it can be told where an answer comes from.
  const live = (top: () => Promise<{ productId: string; quantitySold: number }[] | undefined>) =>
    liveBestsellers({ ...bench, cache: uncached, clock: { now: () => new Date() }, ranking: { top } })(10);
  expect(await live(async () => [{ productId: 'g', quantitySold: 1 }])).toEqual({ items: [item(1, 'g', 1)] });
  expect(await live(async () => undefined)).toEqual(expected);
  expect(await live(() => Promise.reject(new Error('Redis is away')))).toEqual(expected);
});

test('a product that the replica does not know yet is named by the primary', async () => {
  const live = liveBestsellers({
    clock: bench.clock,
    cache: uncached,
    ranking: {
      top: async () => [
        { productId: 'a', quantitySold: 2 },
        { productId: 'b', quantitySold: 1 },
      ],
    },
    database: {
      ...bench.database,
      // A replica that has heard of nothing since yesterday.
      read: (work) =>
        bench.database.read((reading) =>
          work({ ...reading, rows: async (sql, values) => (await reading.rows<never>(sql, values)).slice(1) }),
        ),
    },
  });
  expect(await live(10)).toEqual({ items: [item(1, 'a', 2), item(2, 'b', 1)] });
});

test('popular shows the five that sold most in three days, ties by id, from the replica alone', async () => {
  const today = '2021-03-03';
  await bench.count([
    saleEvent('2021-03-03', { a: 2, b: 1, f: 1, g: -5 }),
    saleEvent('2021-03-02', { a: 2, c: 4, e: 1, d: -1 }),
    saleEvent('2021-03-01', { d: 6, b: 3, g: 5 }),
    saleEvent('2021-02-28', { f: 100 }),
    saleEvent('2021-03-04', { e: 100 }),
  ]);
  const refuse = () => Promise.reject(new Error('this is not for the primary'));
  const popular = popularProducts({
    clock: { now: () => new Date(`${today}T14:59:59.999Z`) },
    cache: uncached,
    database: { ...bench.database, readPrimary: refuse, transaction: refuse },
  });
  await until('the replica to have the sales', async () => (await popular()).items.length === 5);
  expect(await popular()).toEqual({
    items: [item(1, 'd', 5), item(2, 'a', 4), item(3, 'b', 4), item(4, 'c', 4), item(5, 'e', 1)],
  });
});

test('popular is served over HTTP, where the gateway sends it', async () => {
  const { status, body } = await get('/api/products/popular');
  expect(status).toBe(200);
  expect(body.items.map(({ productId }: { productId: string }) => productId).length).toBeLessThanOrEqual(5);
});
