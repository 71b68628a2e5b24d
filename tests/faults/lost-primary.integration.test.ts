import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { failoverEnvironment } from '@onsale/local';
import { type LocalServer, type LocalServers, type MysqlPair, startServers } from '@onsale/local-servers';
import {
  type Answered,
  call,
  finish,
  freshSchemaOn,
  type Shop,
  startCommand,
  startShop,
  until,
} from '@onsale/tests/support';

const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-lost-primary-'));
let servers: LocalServers;
let mysql: MysqlPair;
let replica: LocalServer;
let shop: Shop;

beforeAll(async () => {
  servers = await startServers({ dataFolder, mysql: { replica: true, durability: 'relaxed' } });
  if (servers.mysql?.replica === undefined) throw new Error('no MySQL pair was started');
  mysql = servers.mysql;
  replica = servers.mysql.replica;
  shop = await startShop({ schema: await freshSchemaOn(mysql, 'commerce'), orderParts: ['relay'] });
}, 120_000);
afterAll(async () => {
  await shop?.stop();
  await servers?.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}, 60_000);

const failover = (...args: string[]) =>
  finish(
    startCommand('operations/src/failover.ts', args, failoverEnvironment(mysql, { redisPort: shop.redis.server.port })),
    60_000,
  );

const unsentOn = async (query: MysqlPair['query']): Promise<unknown> => {
  const [row] = await query(`SELECT COUNT(*) AS unsent FROM \`${shop.schema.name}\`.outbox WHERE sent_at IS NULL`);
  return row?.unsent;
};

test('the shop follows its primary from one server to the other and back, and no service is started anew', async () => {
  const product = await shop.createProduct(100, 10);
  const buyer = await shop.createBuyer(10_000);
  const order = (key?: string): Promise<Answered> =>
    shop.order(buyer, [{ productId: product.id, quantity: 1 }], key === undefined ? {} : { key });
  const taken = (answer: Answered) => (answer.status === 201 ? answer : undefined);
  const first = await order('first');
  expect(first.status).toBe(201);

  await mysql.primary.kill();
  expect((await order()).status).toBe(503);
  const promoted = await failover();
  expect(promoted).toMatchObject({
    code: 0,
    output: expect.stringMatching(/mysql-2 is the primary after .* nothing that was acknowledged is missing\n$/),
  });
  const second = await until('an order to be taken again', async () => taken(await order()), 10_000);
  expect((await order('first')).body).toEqual(first.body);
  const list = await call(`${shop.orders[0]?.url}/api/orders?userId=${buyer.userId}`, { token: buyer.token });
  expect(list.body.items).toEqual([second.body, first.body]);
  await until('the relay to have sent all', async () => (await unsentOn(mysql.replicaQuery)) === 0);

  await mysql.primary.restart();
  await expect(mysql.query('CREATE DATABASE lost')).rejects.toThrow('super-read-only');
  await until('the former primary to follow', async () => {
    const [status] = await mysql.query('SHOW REPLICA STATUS');
    return status?.Replica_IO_Running === 'Yes';
  });
  expect(await failover('--switch')).toMatchObject({
    code: 0,
    output: expect.stringContaining('mysql-1 is the primary'),
  });
  await until('an order to be taken again', async () => taken(await order()), 10_000);
  await until('the relay to have sent all', async () => (await unsentOn(mysql.query)) === 0);
  await until('the other to follow again', async () => {
    const [status] = await mysql.replicaQuery('SHOW REPLICA STATUS').catch(() => []);
    return status?.Replica_IO_Running === 'Yes' && replica.pid !== undefined;
  });
}, 180_000);

test('the command says in one line why it refuses', async () => {
  expect(await failover()).toEqual({
    code: 2,
    output: expect.stringMatching(/failover: mysql-1 is the primary, answers and takes writes\n$/),
  });
});
