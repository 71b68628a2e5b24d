import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalServers, type MysqlPair, startServers } from '@onsale/local-servers';
import { type Answered, type Buyer, freshSchemaOn, type Shop, startShop, until } from '@onsale/tests/support';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-disk-'));
/** More than twice of what an empty server takes. */
const diskMebibytes = 400;
const stock = 100;
const price = 10;

let disk: SmallDisk | undefined;
let servers: LocalServers | undefined;
let mysql: MysqlPair;
let shop: Shop | undefined;

beforeAll(async () => {
  disk = await mountSmallDisk(join(dataFolder, 'mysql-1'), diskMebibytes);
  if (disk === undefined) {
    process.stderr.write('this process may not mount a small disk: a full one is not tried\n');
    return;
  }
  servers = await startServers({ dataFolder, mysql: { replica: true } });
  if (servers.mysql === undefined) throw new Error('no MySQL was started');
  mysql = servers.mysql;
  shop = await startShop({ schema: await freshSchemaOn(mysql, 'commerce') });
});
afterAll(async () => {
  await disk?.free();
  await shop?.stop();
  await servers?.stop();
  await disk?.remove();
  rmSync(dataFolder, { recursive: true, force: true });
}, 120_000);

describe("the primary's disk is full", () => {
  test('orders are told to come again, and each key comes to one order when there is room', async () => {
    if (shop === undefined || disk === undefined) return;
    const selling = shop;
    const product = await selling.createProduct(stock, price);
    const buyer: Buyer = await selling.createBuyer();
    const order = (key: string): Promise<Answered> =>
      selling.order(buyer, [{ productId: product.id, quantity: 1 }], { key });
    const first = randomUUID();
    expect((await order(first)).status).toBe(201);

    expect(await disk.fill()).toBeGreaterThan(0);
    const keys = [first];
    const refused = await until(
      'an order to be refused',
      async () => {
        const key = randomUUID();
        keys.push(key);
        const answer = await order(key);
        if (answer.status === 201) return undefined;
        return answer;
      },
      60_000,
    );
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);

    await disk.free();
    // A server that waited for room looks again once a minute; whoever made room does not wait for that.
    await mysql.primary.kill();
    await mysql.primary.restart();
    for (const key of keys) {
      await until(`the order of ${key}`, async () => (await order(key)).status === 201, 30_000);
    }
    const [left] = await selling.rows('SELECT stock FROM products WHERE id = ?', [product.id]);
    const orders = await selling.rows('SELECT id FROM orders WHERE user_id = ?', [buyer.userId]);
    expect([left.stock, orders.length]).toEqual([stock - keys.length, keys.length]);
  }, 180_000);
});
