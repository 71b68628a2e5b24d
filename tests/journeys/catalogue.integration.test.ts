import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, type Shop, startShop, until } from '@onsale/tests/support';

let shop: Shop;

beforeAll(async () => {
  shop = await startShop({ parts: ['http', 'migrate', 'relay'], productParts: ['product-cache'] });
});
afterAll(() => shop?.stop());

const list = async (
  query = 'limit=100',
): Promise<{ items: { id: string; stock: number; price: number }[]; next?: string }> =>
  (await call(`${shop.product.url}/api/products?${query}`)).body;

describe('the catalogue', () => {
  test('is given in pages that miss nothing and repeat nothing', async () => {
    const made: string[] = [];
    for (let count = 0; count < 7; count += 1) made.push((await shop.createProduct(1)).id);
    // The first page is asked for until the replica has them all.
    await until('all products in the list', async () => (await list()).items.length === 7);
    const seen: string[] = [];
    let query: string | undefined = 'limit=3';
    while (query !== undefined) {
      const page = await list(query);
      seen.push(...page.items.map((product) => product.id));
      query = page.next === undefined ? undefined : `limit=3&cursor=${page.next}`;
    }
    expect(seen).toEqual(made);
  });

  test('is cached, and dropped when a product sells out: the event arrives by Kafka', async () => {
    const product = await shop.createProduct(1, 100);
    const stockInList = async () => (await list()).items.find(({ id }) => id === product.id)?.stock;
    await until('the product in the list', async () => (await stockInList()) === 1);
    const buyer = await shop.createBuyer(1_000);
    expect((await shop.order(buyer, [{ productId: product.id, quantity: 1 }])).status).toBe(201);
    await until('the list to say that it is gone', async () => (await stockInList()) === 0);
  });

  test('a detail is a second old at most', async () => {
    const product = await shop.createProduct(5, 100);
    const detail = async () => (await call(`${shop.product.url}/api/products/${product.id}`)).body;
    await until('the product', async () => (await detail()).stock === 5);
    const buyer = await shop.createBuyer(1_000);
    await shop.order(buyer, [{ productId: product.id, quantity: 2 }]);
    await until('the new stock', async () => (await detail()).stock === 3, 2_000);
  });
});

describe("an order's events", () => {
  test('leave the outbox for Kafka, and are marked as sent', async () => {
    await until('the outbox to be empty', async () => {
      const [row] = await shop.rows('SELECT COUNT(*) AS unsent FROM outbox WHERE sent_at IS NULL');
      return row.unsent === 0;
    });
    const sent = await shop.rows('SELECT topic, COUNT(*) AS events FROM outbox GROUP BY topic ORDER BY topic');
    expect(sent.map(({ topic }) => topic)).toEqual([
      'balance-changed',
      'order-completed',
      'payment-succeeded',
      'product-changed',
    ]);
  });
});

describe('a user', () => {
  test('sees their ledger and orders in pages, the newest first', async () => {
    const product = await shop.createProduct(10, 100);
    const buyer = await shop.createBuyer(1_000);
    const orders: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      orders.unshift((await shop.order(buyer, [{ productId: product.id, quantity: 1 }])).body.id);
    }
    await shop.cancel(buyer, orders[0] ?? '');

    const first = await call(`${shop.orders[0]?.url}/api/orders?userId=${buyer.userId}&limit=2`, {
      token: buyer.token,
    });
    expect(first.body.items.map(({ id, status }: { id: string; status: string }) => [id, status])).toEqual([
      [orders[0], 'CANCELLED'],
      [orders[1], 'COMPLETED'],
    ]);
    const second = await call(
      `${shop.orders[0]?.url}/api/orders?userId=${buyer.userId}&limit=2&cursor=${first.body.next}`,
      { token: buyer.token },
    );
    expect(second.body.items.map(({ id }: { id: string }) => id)).toEqual([orders[2]]);
    expect(second.body.next).toBeUndefined();

    const ledger = `${shop.point.url}/api/balance/${buyer.userId}/transactions`;
    const entries = await call(`${ledger}?limit=4`, { token: buyer.token });
    expect(
      entries.body.items.map(
        ({ kind, amount, balanceAfter }: { kind: string; amount: number; balanceAfter: number }) => [
          kind,
          amount,
          balanceAfter,
        ],
      ),
    ).toEqual([
      ['refund', 100, 800],
      ['order', -100, 700],
      ['order', -100, 800],
      ['order', -100, 900],
    ]);
    const rest = await call(`${ledger}?cursor=${entries.body.next}`, { token: buyer.token });
    expect(rest.body.items).toMatchObject([{ kind: 'charge', amount: 1_000, balanceAfter: 1_000 }]);
    const balance = await call(`${shop.point.url}/api/balance/${buyer.userId}`, { token: buyer.token });
    expect(balance.body).toEqual({ userId: buyer.userId, balance: 800 });
  });
});
