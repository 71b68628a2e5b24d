import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalServers, type MysqlPair, startServers } from '@onsale/local-servers';
import { type Answered, type Buyer, call, freshSchemaOn, type Shop, startShop, until } from '@onsale/tests/support';

const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-faults-'));
let servers: LocalServers;
let mysql: MysqlPair;
let shop: Shop;

beforeAll(async () => {
  servers = await startServers({ dataFolder, mysql: { replica: true, durability: 'relaxed' } });
  if (servers.mysql === undefined) throw new Error('no MySQL was started');
  mysql = servers.mysql;
  shop = await startShop({ schema: await freshSchemaOn(mysql, 'commerce') });
});
afterAll(async () => {
  await shop?.stop();
  await servers?.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

const fallbacks = async (): Promise<number> => {
  const metrics = await fetch(`${shop.orders[0]?.managementUrl}/metrics`).then((response) => response.text());
  return [...metrics.matchAll(/^db_replica_fallbacks_total\S* (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
};
const readOrder = (buyer: Buyer, orderId: string): Promise<Answered> =>
  call(`${shop.orders[0]?.url}/api/orders/${orderId}`, { token: buyer.token });
const charge = (buyer: Buyer): Promise<Answered> =>
  call(`${shop.point.url}/api/balance/charge`, {
    token: buyer.token,
    key: randomUUID(),
    body: { userId: buyer.userId, amount: 10 },
  });

describe('the replica', () => {
  test('lags: a user reads their own order at once', async () => {
    const product = await shop.createProduct(10, 10);
    const buyer = await shop.createBuyer(1_000);
    await mysql.setReplicaDelay(30);
    try {
      const placed = await shop.order(buyer, [{ productId: product.id, quantity: 1 }]);
      const read = await readOrder(buyer, placed.body.id);
      expect([read.status, read.body]).toEqual([200, placed.body]);
      const list = await call(`${shop.orders[0]?.url}/api/orders?userId=${buyer.userId}`, { token: buyer.token });
      expect(list.body.items).toEqual([placed.body]);
    } finally {
      await mysql.setReplicaDelay(0);
    }
  });

  test('stops: reads fall back to the primary, and come back to the replica', async () => {
    const product = await shop.createProduct(10, 10);
    const buyer = await shop.createBuyer(1_000);
    const placed = await shop.order(buyer, [{ productId: product.id, quantity: 1 }]);
    await mysql.replica?.kill();
    const before = await fallbacks();
    expect((await readOrder(buyer, placed.body.id)).status).toBe(200);
    expect(await fallbacks()).toBeGreaterThan(before);
    expect((await shop.order(buyer, [{ productId: product.id, quantity: 1 }])).status).toBe(201);

    await mysql.replica?.restart();
    await until('a read without falling back', async () => {
      const sofar = await fallbacks();
      expect((await readOrder(buyer, placed.body.id)).status).toBe(200);
      return (await fallbacks()) === sofar;
    });
  });
});

describe('Redis', () => {
  test('is lost: orders go on, a charge is refused with a time to come again, and all is well when it is back', async () => {
    const product = await shop.createProduct(10, 10);
    const buyer = await shop.createBuyer(1_000);
    await shop.redis.server.kill();
    try {
      const placed = await shop.order(buyer, [{ productId: product.id, quantity: 1 }]);
      expect(placed.status).toBe(201);
      expect((await readOrder(buyer, placed.body.id)).status).toBe(200);
      expect((await shop.cancel(buyer, placed.body.id)).body.status).toBe('CANCELLED');
      expect((await call(`${shop.product.url}/api/products?limit=5`)).status).toBe(200);

      const refused = await charge(buyer);
      expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
        503,
        'locks-unavailable',
        '1',
      ]);
    } finally {
      await shop.redis.server.restart();
    }
    await until('a charge to be taken again', async () => (await charge(buyer)).status === 200);
  });

  test('hangs: orders still go on', async () => {
    const product = await shop.createProduct(100, 10);
    const buyer = await shop.createBuyer(1_000);
    await shop.redis.server.pause();
    try {
      for (let count = 0; count < 5; count += 1) {
        expect((await shop.order(buyer, [{ productId: product.id, quantity: 1 }])).status).toBe(201);
      }
    } finally {
      await shop.redis.server.resume();
    }
    await until('a charge to be taken again', async () => (await charge(buyer)).status === 200);
  });
});
