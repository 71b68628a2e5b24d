import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, type Shop, startShop } from '@onsale/tests/support';

let shop: Shop;

beforeAll(async () => {
  shop = await startShop({ orderInstances: 2 });
});
afterAll(() => shop?.stop());

describe('one idempotency key', () => {
  test.each([
    ['one instance', () => 0],
    ['two instances', (index: number) => index % 2],
  ])('from fifty clients at once, over %s, buys once and answers all alike', async (_, on) => {
    const product = await shop.createProduct(100);
    const buyer = await shop.createBuyer();
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        shop.order(buyer, [{ productId: product.id, quantity: 2 }], { key, on: on(index) }),
      ),
    );

    const bought = answers.filter((answer) => answer.status === 201);
    const others = answers.filter((answer) => answer.status !== 201);
    expect(others.filter(({ status, body }) => status !== 409 || body.code !== 'request-in-progress')).toEqual([]);
    expect(new Set(bought.map((answer) => answer.body.id)).size).toBe(1);
    expect(bought.filter((answer) => answer.headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await shop.rows('SELECT COUNT(*) AS orders FROM orders WHERE user_id = ?', [buyer.userId])).toEqual([
      { orders: 1 },
    ]);
    expect(await shop.rows('SELECT stock FROM products WHERE id = ?', [product.id])).toEqual([{ stock: 98 }]);
  });

  test('that was answered is answered again when the product is sold out since', async () => {
    const product = await shop.createProduct(1);
    const buyer = await shop.createBuyer();
    const key = randomUUID();
    const items = [{ productId: product.id, quantity: 1 }];
    const first = await shop.order(buyer, items, { key });
    expect(first.status).toBe(201);
    expect((await shop.order(await shop.createBuyer(), items)).body.code).toBe('sold-out');

    const again = await shop.order(buyer, items, { key, on: 1 });
    expect([again.status, again.headers.get('idempotency-replayed'), again.headers.get('location')]).toEqual([
      201,
      'true',
      `/api/orders/${first.body.id}`,
    ]);
    expect(again.body).toEqual(first.body);
  });

  test('with another body is refused, at once or later', async () => {
    const product = await shop.createProduct(10);
    const buyer = await shop.createBuyer();
    const key = randomUUID();
    const answers = await Promise.all(
      [1, 2].map((quantity) => shop.order(buyer, [{ productId: product.id, quantity }], { key })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 422]);
    const later = await shop.order(buyer, [{ productId: product.id, quantity: 3 }], { key, on: 1 });
    expect([later.status, later.body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  test('of a refused order may succeed later: refusals are not kept', async () => {
    const product = await shop.createProduct(1, 5_000);
    const buyer = await shop.createBuyer(1_000);
    const key = randomUUID();
    const items = [{ productId: product.id, quantity: 1 }];
    expect((await shop.order(buyer, items, { key })).body.code).toBe('insufficient-points');
    await call(`${shop.point.url}/api/balance/charge`, {
      token: buyer.token,
      key: randomUUID(),
      body: { userId: buyer.userId, amount: 4_000 },
    });
    expect((await shop.order(buyer, items, { key })).status).toBe(201);
  });

  test('of a charge from fifty clients at once adds once', async () => {
    const buyer = await shop.createBuyer(0);
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        call(`${shop.point.url}/api/balance/charge`, {
          token: buyer.token,
          key,
          body: { userId: buyer.userId, amount: 700 },
        }),
      ),
    );
    for (const answer of answers) {
      expect([200, 409]).toContain(answer.status);
      if (answer.status === 200) expect(answer.body.balance).toBe(700);
      else expect(answer.body.code).toBe('request-in-progress');
    }
    expect(answers.some((answer) => answer.status === 200)).toBe(true);
    const balance = await call(`${shop.point.url}/api/balance/${buyer.userId}`, { token: buyer.token });
    expect(balance.body).toEqual({ userId: buyer.userId, balance: 700 });
  });
});

describe('a cancel', () => {
  test('raced ten times gives back once', async () => {
    const product = await shop.createProduct(5, 300);
    const buyer = await shop.createBuyer(1_000);
    const order = await shop.order(buyer, [{ productId: product.id, quantity: 2 }]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => shop.cancel(buyer, order.body.id, { on: index % 2 })),
    );

    expect(answers.map((answer) => answer.body.code ?? answer.body.status).sort()).toEqual([
      'CANCELLED',
      ...Array.from({ length: 9 }, () => 'order-already-cancelled'),
    ]);
    expect(await shop.rows('SELECT stock FROM products WHERE id = ?', [product.id])).toEqual([{ stock: 5 }]);
    expect(await shop.rows('SELECT balance FROM point_accounts WHERE user_id = ?', [buyer.userId])).toEqual([
      { balance: 1_000 },
    ]);
  });

  test('repeated under its key is answered again', async () => {
    const product = await shop.createProduct(5, 300);
    const buyer = await shop.createBuyer(1_000);
    const order = await shop.order(buyer, [{ productId: product.id, quantity: 2 }]);
    const key = randomUUID();
    const first = await shop.cancel(buyer, order.body.id, { key });
    const again = await shop.cancel(buyer, order.body.id, { key, on: 1 });
    expect(first.body.status).toBe('CANCELLED');
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([200, first.body, 'true']);
  });
});
