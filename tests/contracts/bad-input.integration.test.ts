import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answered, type Buyer, call, type Front, startFront } from '@onsale/tests/support';
import { badBodies, badDates, badFields, badPathSegments, badQueries, type FieldKind, setField } from './bad-values.ts';

let front: Front;
let buyer: Buyer;
let adminToken: string;
let productId: string;
let orderId: string;

beforeAll(async () => {
  front = await startFront();
  buyer = await front.shop.createBuyer(100_000);
  adminToken = await front.mint({ sub: randomUUID(), role: 'admin' });
  productId = (await front.shop.createProduct(1_000, 10)).id;
  orderId = (await front.shop.order(buyer, [{ productId, quantity: 1 }])).body.id;
});
afterAll(() => front?.stop());

interface WritingRoute {
  readonly path: string;
  readonly method?: 'PATCH';
  readonly as: 'nobody' | 'buyer' | 'admin';
  readonly key?: true;
  readonly valid: () => object;
  /** Paths of the fields, and what each should be. */
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** Fields that may be left out. */
  readonly optional?: readonly string[];
}

const credentials = { email: 'kim@onsale.test', password: 'correct horse' };

const writes: readonly WritingRoute[] = [
  {
    path: '/api/auth/signup',
    as: 'nobody',
    valid: () => ({ ...credentials, name: 'Kim' }),
    fields: { email: 'email', password: 'text', name: 'text' },
  },
  { path: '/api/auth/login', as: 'nobody', valid: () => credentials, fields: { email: 'email', password: 'text' } },
  { path: '/api/auth/refresh', as: 'nobody', valid: () => ({ refreshToken: 'x' }), fields: { refreshToken: 'text' } },
  { path: '/api/auth/logout', as: 'nobody', valid: () => ({ refreshToken: 'x' }), fields: { refreshToken: 'text' } },
  {
    path: '/api/admin/products',
    as: 'admin',
    key: true,
    valid: () => ({ name: 'Poster', nameKo: '포스터', price: 10, stock: 1 }),
    fields: { name: 'text', nameKo: 'text', price: 'positive', stock: 'natural' },
  },
  {
    path: '/api/admin/products/{productId}',
    method: 'PATCH',
    as: 'admin',
    valid: () => ({ name: 'Poster', nameKo: '포스터', price: 10 }),
    fields: { name: 'text', nameKo: 'text', price: 'positive' },
    optional: ['name', 'nameKo', 'price'],
  },
  {
    path: '/api/admin/products/{productId}/stock',
    as: 'admin',
    key: true,
    valid: () => ({ change: 1 }),
    fields: { change: 'change' },
  },
  {
    path: '/api/balance/charge',
    as: 'buyer',
    key: true,
    valid: () => ({ userId: buyer.userId, amount: 10 }),
    fields: { userId: 'id', amount: 'positive' },
  },
  {
    path: '/api/orders',
    as: 'buyer',
    key: true,
    valid: () => ({ userId: buyer.userId, items: [{ productId, quantity: 1 }] }),
    fields: {
      userId: 'id',
      items: 'list',
      'items.0': 'object',
      'items.0.productId': 'id',
      'items.0.quantity': 'positive',
    },
  },
  { path: '/api/orders/{orderId}/cancel', as: 'buyer', key: true, valid: () => ({}), fields: {} },
];

interface ReadingRoute {
  readonly path: string;
  readonly as: 'nobody' | 'buyer';
  readonly list?: true;
  /** What the query must have. */
  readonly query?: () => string;
  /** Queries that it must refuse, beside those that every list refuses. */
  readonly bad?: readonly string[];
}

const reads: readonly ReadingRoute[] = [
  { path: '/api/products', as: 'nobody', list: true },
  { path: '/api/products/{}', as: 'nobody' },
  { path: '/api/balance/{}', as: 'buyer' },
  { path: '/api/balance/{}/transactions', as: 'buyer', list: true },
  { path: '/api/orders', as: 'buyer', list: true, query: () => `userId=${buyer.userId}&` },
  { path: '/api/orders/{}', as: 'buyer' },
  { path: '/api/products/popular', as: 'nobody', list: true },
  { path: '/api/bestsellers', as: 'nobody', list: true, query: () => 'date=2026-11-01&', bad: badDates },
  { path: '/api/bestsellers/live', as: 'nobody', list: true },
];

const tokenOf = (as: 'nobody' | 'buyer' | 'admin') => ({
  ...(as !== 'nobody' && { token: as === 'admin' ? adminToken : buyer.token }),
});

function send(route: WritingRoute, body: unknown, headers: Record<string, string> = {}, key = randomUUID()) {
  return call(front.url + route.path.replace('{productId}', productId).replace('{orderId}', orderId), {
    ...tokenOf(route.as),
    method: route.method ?? 'POST',
    ...(route.key && { key }),
    body,
    headers,
  });
}

const refusals = new Set([400, 401, 403, 404, 405, 409, 413, 415, 422]);

function expectRefusal(answer: Answered, sent: unknown): void {
  const told = { sent, status: answer.status, code: answer.body?.code };
  expect(refusals.has(answer.status) ? 'refused' : told).toBe('refused');
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(typeof answer.body.code).toBe('string');
  expect(typeof answer.body.traceId).toBe('string');
}

/** What all rows are, in a number per table. */
async function checksums(): Promise<unknown> {
  const tables = async (pool: typeof front.authSchema.admin) => {
    const [names] = await pool.query(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    );
    if (!Array.isArray(names)) throw new Error('no tables');
    const list = names.map((row) => `\`${Reflect.get(row, 'name')}\``).sort();
    const [sums] = await pool.query(`CHECKSUM TABLE ${list.join(', ')}`);
    return sums;
  };
  return [await tables(front.shop.schema.admin), await tables(front.authSchema.admin)];
}

describe('bad input', () => {
  test.each(writes)('$path: every field missing, of a wrong type, too big or hostile', async (route) => {
    const before = await checksums();
    for (const [field, kind] of Object.entries(route.fields)) {
      for (const bad of badFields(kind, { optional: route.optional?.includes(field) ?? false })) {
        const body = setField(route.valid(), field, bad);
        expectRefusal(await send(route, body), { field, bad: JSON.stringify(bad)?.slice(0, 60) });
      }
    }
    expectRefusal(await send(route, { ...route.valid(), surprise: 1 }), 'an extra field');
    for (const bad of badBodies(route.valid())) {
      expectRefusal(await send(route, bad.body, bad.headers), bad.name);
    }
    if (route.key) {
      for (const key of ['', ' ', 'x'.repeat(256), 'a b', 'ключ']) {
        const answer = await send(route, route.valid(), { 'idempotency-key': Buffer.from(key).toString('latin1') });
        expectRefusal(answer, { key });
      }
    }
    expect(await checksums()).toEqual(before);
  });

  test.each(writes.filter((route) => route.key && route.path !== '/api/admin/products'))(
    '$path: without its Idempotency-Key',
    async ({ key: _, ...route }) => {
      const answer = await send(route, route.valid());
      expect([answer.status, answer.body.code]).toEqual([400, 'idempotency-key-missing']);
    },
  );

  test.each(reads)('$path: hostile paths and queries', async (route) => {
    for (const bad of route.path.includes('{}') ? badPathSegments : []) {
      const answer = await call(front.url + route.path.replace('{}', bad), tokenOf(route.as));
      expectRefusal(answer, bad);
    }
    const path = route.path.replace('{}', buyer.userId);
    const queries = (route.list ? badQueries : []).map((query) => `${route.query?.() ?? ''}${query}`);
    for (const bad of [...queries, ...(route.bad ?? [])]) {
      const answer = await call(`${front.url}${path}?${bad}`, tokenOf(route.as));
      expect([bad, answer.status, answer.body.code]).toEqual([bad, 400, 'invalid-request']);
    }
  });

  test('says which field broke which rule', async () => {
    const answer = await call(`${front.url}/api/orders`, {
      token: buyer.token,
      key: randomUUID(),
      body: {
        userId: buyer.userId,
        items: [
          { productId, quantity: 101 },
          { productId, quantity: 1 },
        ],
      },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual(
      expect.arrayContaining([expect.objectContaining({ field: 'items.0.quantity', in: 'body' })]),
    );
    const twice = await call(`${front.url}/api/orders`, {
      token: buyer.token,
      key: randomUUID(),
      body: {
        userId: buyer.userId,
        items: [
          { productId, quantity: 1 },
          { productId, quantity: 1 },
        ],
      },
    });
    expect(twice.body.errors[0]).toMatchObject({ field: 'items', message: 'each product at most once' });
  });

  test.each([
    ['GET', '/nothing', 404, 'route-not-found'],
    ['GET', '/api/nothing', 404, 'route-not-found'],
    ['GET', '/metrics', 404, 'route-not-found'],
    ['GET', '/readyz', 404, 'route-not-found'],
    ['PATCH', '/api/products', 405, 'method-not-allowed'],
    ['POST', '/api/products/popular', 405, 'method-not-allowed'],
  ])('%s %s is %i %s', async (method, path, status, code) => {
    const answer = await call(front.url + path, { method });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});
