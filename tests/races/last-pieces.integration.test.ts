import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Shop, startShop } from '@onsale/tests/support';

let shop: Shop;

beforeAll(async () => {
  shop = await startShop({ orderInstances: 2 });
});
afterAll(() => shop?.stop());

const countBy = (answers: readonly { status: number; body: { code?: string } }[]) =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status, body }) => `${status} ${body.code ?? ''}`.trim())].map(([name, all]) => [
      name,
      all.length,
    ]),
  );

describe('the last pieces', () => {
  test('two hundred orders at once for ten pieces, over two instances: ten are sold', async () => {
    const product = await shop.createProduct(10);
    const buyers = await Promise.all(Array.from({ length: 200 }, () => shop.createBuyer(1_000)));
    const answers = await Promise.all(
      buyers.map((buyer, index) => shop.order(buyer, [{ productId: product.id, quantity: 1 }], { on: index % 2 })),
    );

    expect(countBy(answers)).toEqual({ '201': 10, '409 sold-out': 190 });
    expect(await shop.rows('SELECT stock FROM products WHERE id = ?', [product.id])).toEqual([{ stock: 0 }]);
    const [sold] = await shop.rows('SELECT SUM(quantity) AS pieces FROM order_items WHERE product_id = ?', [
      product.id,
    ]);
    expect(Number(sold.pieces)).toBe(10);
  });

  test('baskets (A, B) and (B, A) under load: all are sold or refused, none dead-locks', async () => {
    const [a, b] = await Promise.all([shop.createProduct(30, 10), shop.createProduct(25, 10)]);
    const buyers = await Promise.all(Array.from({ length: 80 }, () => shop.createBuyer(1_000)));
    const answers = await Promise.all(
      buyers.map((buyer, index) => {
        const basket = [
          { productId: a.id, quantity: 1 },
          { productId: b.id, quantity: 1 },
        ];
        return shop.order(buyer, index % 2 === 0 ? basket : basket.toReversed(), { on: index % 2 });
      }),
    );

    expect(countBy(answers)).toEqual({ '201': 25, '409 sold-out': 55 });
    expect(await shop.rows('SELECT stock FROM products WHERE id IN (?) ORDER BY stock', [[a.id, b.id]])).toEqual([
      { stock: 0 },
      { stock: 5 },
    ]);
  });

  test('a basket too big for what is left does not keep a smaller one from it', async () => {
    const product = await shop.createProduct(3);
    const buyer = await shop.createBuyer(100_000);
    expect((await shop.order(buyer, [{ productId: product.id, quantity: 4 }])).body.code).toBe('sold-out');
    expect((await shop.order(buyer, [{ productId: product.id, quantity: 3 }])).status).toBe(201);
  });

  test('one user with points for one order gets one of twenty', async () => {
    const product = await shop.createProduct(100);
    const buyer = await shop.createBuyer(1_500);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        shop.order(buyer, [{ productId: product.id, quantity: 1 }], { on: index % 2 }),
      ),
    );
    expect(countBy(answers)).toEqual({ '201': 1, '422 insufficient-points': 19 });
  });

  test('a piece that comes back is sold again at once, by a cancel or a restock', async () => {
    const product = await shop.createProduct(1);
    const [first, second, third] = await Promise.all([shop.createBuyer(), shop.createBuyer(), shop.createBuyer()]);
    const items = [{ productId: product.id, quantity: 1 }];
    const bought = await shop.order(first, items);
    expect((await shop.order(second, items, { on: 1 })).body.code).toBe('sold-out');

    expect((await shop.cancel(first, bought.body.id)).status).toBe(200);
    expect((await shop.order(second, items, { on: 1 })).status).toBe(201);
    expect((await shop.order(third, items)).body.code).toBe('sold-out');

    expect((await shop.changeStock(product.id, 1)).body.stock).toBe(1);
    expect((await shop.order(third, items)).status).toBe(201);
  });
});
