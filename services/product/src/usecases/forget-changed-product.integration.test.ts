import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Product, product as productSchema } from '@onsale/contracts';
import { type LocalServers, type MysqlPair, startServers } from '@onsale/local-servers';
import { type Database, openDatabase } from '@onsale/platform/database';
import { type Cache, createCache, openRedis } from '@onsale/platform/redis';
import { systemClock, uuidIds } from '@onsale/platform/service';
import { createLogger, createMetrics } from '@onsale/platform/telemetry';
import { type FreshSchema, freshSchemaOn, until } from '@onsale/tests/support';
import { productConfig } from '../config.ts';
import { changeProduct } from './change-product.ts';
import { createProduct } from './create-product.ts';
import { forgetChangedProduct } from './forget-changed-product.ts';
import { forgetProduct } from './forget-product.ts';
import { getProduct } from './get-product.ts';
import { listProducts } from './list-products.ts';

// These tests hold the replica back: the servers are their own.
const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-forget-'));
const log = createLogger({ name: 'test', level: 'silent' });
const never = new AbortController().signal;

let servers: LocalServers;
let mysql: MysqlPair;
let schema: FreshSchema;
let database: Database;
let redis: ReturnType<typeof openRedis>;
let cache: Cache;
let product: Product;

beforeAll(async () => {
  servers = await startServers({ dataFolder, mysql: { replica: true, durability: 'relaxed' }, redis: true });
  if (servers.mysql === undefined || servers.redis === undefined) throw new Error('servers are missing');
  mysql = servers.mysql;
  schema = await freshSchemaOn(mysql, 'commerce');
  const redisUrl = `redis://127.0.0.1:${servers.redis.port}`;
  const config = productConfig.parse({
    ...schema.env,
    // Readers stay with the replica however far it is behind: the worst case for a cache.
    DB_REPLICA_MAX_LAG_SECONDS: '3600',
    REDIS_LOCK_URL: redisUrl,
    REDIS_CACHE_URL: redisUrl,
    KAFKA_BROKERS: 'localhost:9092',
    JWKS_URL: 'http://localhost/jwks.json',
  });
  const migrations = { owner: 'product', directory: new URL('../../migrations/', import.meta.url) };
  database = openDatabase({ config, log, metrics: createMetrics('product'), migrations });
  await database.migrate();
  redis = openRedis({ url: redisUrl, name: 'test', log });
  cache = createCache({ redis, log, metrics: createMetrics('product') });
}, 120_000);

afterAll(async () => {
  await database?.close();
  redis?.disconnect();
  await schema?.close();
  await servers?.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}, 60_000);

const ports = { clock: systemClock, ids: uuidIds };

/** Price and version of the product as the list shows it. */
async function listed(): Promise<[number, number] | undefined> {
  const { items } = await listProducts({ database, cache })({ limit: 100, after: '', cursorOf: (id) => id });
  const found = items.find(({ id }) => id === product.id);
  return found && [found.price, found.version];
}

const changePrice = (price: number) => changeProduct({ database, ...ports })(product.id, { price });
const onReplica = () =>
  database.read(async (reading) => {
    const [row] = await reading.rows<{ port: number }>('SELECT @@port AS port');
    return row?.port === mysql.replica?.port;
  });

/** Takes what is written from now on back from the replica, while it goes on to answer. */
async function holdReplicaBack(): Promise<void> {
  await mysql.waitForReplica();
  await mysql.setReplicaDelay(3_600);
  await until('reads to use the replica', onReplica);
}

async function letReplicaGoOn(): Promise<void> {
  await mysql.setReplicaDelay(0);
  await mysql.waitForReplica();
}

beforeEach(async () => {
  const body = { name: 'Ticket', nameKo: '표', price: 1_000, stock: 5 };
  const { value } = await database.transaction('create', (tx) => createProduct(ports)(tx, body));
  product = productSchema.parse(value.body);
  await mysql.waitForReplica();
  await forgetProduct({ cache })(product.id);
  await until('the product in the list', async () => (await listed())?.[1] === 1);
});

afterEach(() => letReplicaGoOn());

describe('a change that the replica does not have yet', () => {
  test('never shows its old state again once its event was handled', async () => {
    await holdReplicaBack();
    const changed = await changePrice(2_000);
    // The admin's own drop, and a reader who comes too early: the old state is back in the cache.
    await forgetProduct({ cache })(product.id);
    expect(await listed()).toEqual([1_000, 1]);

    const forgetting = forgetChangedProduct({ database, cache })({ productId: product.id, version: 2 }, never);
    expect(await listed()).toEqual([1_000, 1]);
    await letReplicaGoOn();
    await forgetting;
    expect(await listed()).toEqual([changed.price, changed.version]);
    expect(await getProduct({ database, cache })(product.id)).toEqual(changed);
  });

  test('is tried again when the replica takes too long; a newer version is as good', async () => {
    await holdReplicaBack();
    await changePrice(2_000);
    await changePrice(3_000);
    const forget = forgetChangedProduct({ database, cache });
    const change = { productId: product.id, version: 2 };
    await expect(forget(change, never)).rejects.toMatchObject({ kind: 'unavailable', code: 'replica-behind' });
    expect(await listed()).toEqual([1_000, 1]);

    await letReplicaGoOn();
    await forget(change, never);
    expect(await listed()).toEqual([3_000, 3]);
  });

  test('is not waited for when it is undone, nor when the work is to end', async () => {
    const forget = forgetChangedProduct({ database, cache });
    await forget({ productId: product.id, version: 9 }, never);
    await forget({ productId: 'gone', version: 1 }, never);

    await holdReplicaBack();
    await changePrice(2_000);
    const ended = AbortSignal.abort(new Error('the end'));
    await expect(forget({ productId: product.id, version: 2 }, ended)).rejects.toThrow();
    expect(await listed()).toEqual([1_000, 1]);
  });

  test('is seen at once, on the primary, when the replica does not replicate', async () => {
    await mysql.stopReplication();
    try {
      await until('reads to leave the replica', async () => !(await onReplica()));
      await changePrice(2_000);
      await forgetChangedProduct({ database, cache })({ productId: product.id, version: 2 }, never);
      expect(await listed()).toEqual([2_000, 2]);
    } finally {
      await mysql.startReplication();
      await until('reads to use the replica', onReplica);
    }
  });
});
