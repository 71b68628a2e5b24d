import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { call, type Shop, startShop, until } from '@onsale/tests/support';

let shop: Shop;

beforeAll(async () => {
  shop = await startShop({ env: { LOG_LEVEL: 'silent' } });
});
afterAll(() => shop?.stop());

test('one order that the database refuses fails alone; the others of its batch are placed', async () => {
  const product = await shop.createProduct(100, 10);
  const buyers = await Promise.all(Array.from({ length: 30 }, () => shop.createBuyer(1_000)));
  const [first, poisoned, ...others] = buyers;
  if (first === undefined || poisoned === undefined) throw new Error('there are thirty buyers');
  await shop.schema.admin.query(
    `CREATE TRIGGER poison BEFORE INSERT ON orders FOR EACH ROW
       IF NEW.user_id = '${poisoned.userId}' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'poison'; END IF`,
  );

  // The first order waits for its product's row; meanwhile the others gather in the lane, and go as one batch.
  const holder = await shop.schema.admin.getConnection();
  await holder.beginTransaction();
  await holder.query('SELECT id FROM products WHERE id = ? FOR UPDATE', [product.id]);
  const items = [{ productId: product.id, quantity: 1 }];
  const orders = [first, ...others.slice(0, 10), poisoned, ...others.slice(10)].map((buyer) =>
    shop.order(buyer, items),
  );
  const inFlight = /^http_requests_in_flight\S* (\d+)$/m;
  await until('all orders to have arrived', async () => {
    const metrics = await fetch(`${shop.orders[0]?.managementUrl}/metrics`).then((response) => response.text());
    return Number(inFlight.exec(metrics)?.[1] ?? 0) >= 30;
  });
  await holder.rollback();
  holder.release();

  const answers = await Promise.all(orders);
  expect(answers.map((answer) => answer.status).sort()).toEqual([...Array.from({ length: 29 }, () => 201), 500]);
  expect(answers[11]?.status).toBe(500);
  expect(answers[11]?.body.code).toBe('internal');
  expect(JSON.stringify(answers[11]?.body)).not.toContain('poison');
  expect(await shop.rows('SELECT stock FROM products WHERE id = ?', [product.id])).toEqual([{ stock: 71 }]);
  const balance = await call(`${shop.point.url}/api/balance/${poisoned.userId}`, { token: poisoned.token });
  expect(balance.body.balance).toBe(1_000);
});
