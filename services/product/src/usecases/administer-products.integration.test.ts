import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { productChanged } from '@onsale/contracts';
import { call, type Shop, startShop } from '@onsale/tests/support';

let shop: Shop;

beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop?.stop());

/** What was told of the product, in the order it was told. */
async function told(productId: string) {
  const rows = await shop.rows('SELECT type, data FROM outbox WHERE topic = ? AND message_key = ? ORDER BY id', [
    productChanged.topic,
    productId,
  ]);
  return rows.map((row) => {
    const { reason, version, available } = productChanged.parse(row);
    return [reason, version, available];
  });
}

describe('what an admin does to a product', () => {
  test('is told each time, with its version and whether anything is left', async () => {
    const { id } = await shop.createProduct(2, 1_000);
    const token = await shop.mint({ sub: 'admin', role: 'admin' });
    await call(`${shop.product.url}/api/admin/products/${id}`, { method: 'PATCH', token, body: { price: 2_000 } });
    for (const change of [5, -1, -6, 3]) expect((await shop.changeStock(id, change)).status).toBe(200);

    expect(await told(id)).toEqual([
      ['created', 1, true],
      ['changed', 2, true],
      ['stock-changed', 3, true],
      ['stock-changed', 4, true],
      ['sold-out', 5, false],
      ['available', 6, true],
    ]);
  });

  test('is not told when it was refused', async () => {
    const { id } = await shop.createProduct(0, 1_000);
    expect((await shop.changeStock(id, -1)).body.code).toBe('stock-too-low');
    expect(await told(id)).toEqual([['created', 1, false]]);
  });
});
