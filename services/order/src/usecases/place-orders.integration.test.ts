import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Database, openDatabase, requestHash, type Tx } from '@onsale/platform/database';
import { createCache, createLocks, createRecentWrites, openRedis } from '@onsale/platform/redis';
import { systemClock, uuidIds } from '@onsale/platform/service';
import { createLogger, createMetrics } from '@onsale/platform/telemetry';
import { type Shop, startShop } from '@onsale/tests/support';
import { context, trace } from '@opentelemetry/api';
import { orderConfig } from '../config.ts';
import type { OrderJob } from './order-job.ts';
import { placeBatch } from './place-batch.ts';
import { type PlaceOrders, placeOrders } from './place-orders.ts';
import { createSoldOutFlags } from './sold-out-flags.ts';

let shop: Shop;
let database: Database;
let redis: ReturnType<typeof openRedis>;

const log = createLogger({ name: 'order', level: 'silent' });
const metrics = createMetrics('order');

beforeAll(async () => {
  shop = await startShop();
  redis = openRedis({ url: shop.redis.url, name: 'test', log });
  const config = orderConfig.parse({
    ...shop.schema.env,
    REDIS_LOCK_URL: shop.redis.url,
    REDIS_CACHE_URL: shop.redis.url,
    KAFKA_BROKERS: 'localhost:9092',
    JWKS_URL: 'http://localhost/jwks.json',
  });
  database = openDatabase({ config, log, metrics });
});
afterAll(async () => {
  await database?.close();
  redis?.disconnect();
  await shop?.stop();
});

/** The transaction, in which the server itself fails the statement of that number with that error. */
function failingAt(tx: Tx, errno: number, failing: number, onStatement: () => number): Tx {
  const failOrGoOn = async <T>(statement: () => Promise<T>): Promise<T> => {
    if (onStatement() === failing) await tx.change(`SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = ${errno}`);
    return statement();
  };
  return {
    ...tx,
    rows: (sql, values) => failOrGoOn(() => tx.rows(sql, values)),
    change: (sql, values) => failOrGoOn(() => tx.change(sql, values)),
  };
}

/** The use case on the real servers, with some of its ports replaced. */
function placing(replaced: Partial<PlaceOrders>) {
  const cache = createCache({ redis, log, metrics: createMetrics('order') });
  return placeOrders({
    database,
    locks: createLocks({ redis, log, metrics: createMetrics('order') }),
    cache,
    recentWrites: createRecentWrites({ redis }),
    soldOut: createSoldOutFlags(cache),
    log,
    lockWaitMs: 1_000,
    placeBatch: placeBatch({ clock: systemClock, ids: uuidIds }),
    onCommitted: () => undefined,
    ...replaced,
  });
}

function jobOf(userId: string, items: OrderJob['items']): OrderJob {
  return {
    request: { userId, route: 'orders.place', key: randomUUID(), requestHash: requestHash({ items }) },
    userId,
    items,
    span: trace.getTracer('test').startSpan('test'),
    context: context.active(),
  };
}

test('an order that is bought elsewhere while its twin asks is never told to be sold out', async () => {
  const product = await shop.createProduct(1, 100);
  const buyer = await shop.createBuyer(1_000);
  const job = jobOf(buyer.userId, [{ productId: product.id, quantity: 1 }]);
  const elsewhere = placing({});
  const here = placing({
    soldOut: {
      // The last piece is sold, to this very order, just before the flags are read.
      among: async (productIds) => {
        expect((await elsewhere([job]))[0]?.kind).toBe('answered');
        return new Set(productIds);
      },
      note: async () => undefined,
    },
  });
  expect(await here([job])).toMatchObject([{ kind: 'answered', answer: { status: 201, replayed: true } }]);
});

describe.each([
  ['a lock wait time-out', 1205],
  ['a dead-lock', 1213],
])('%s (%i)', (_, errno) => {
  test('at each statement has the whole batch placed again, once', async () => {
    for (let failing = 1; ; failing += 1) {
      const product = await shop.createProduct(10, 100);
      const buyer = await shop.createBuyer(1_000);
      let statement = 0;
      let transactions = 0;
      const place = placing({
        placeBatch: (tx, jobs) => {
          transactions += 1;
          return placeBatch({ clock: systemClock, ids: uuidIds })(
            failingAt(tx, errno, failing, () => ++statement),
            jobs,
          );
        },
      });
      const items = [{ productId: product.id, quantity: 3 }];
      const job = jobOf(buyer.userId, items);

      expect((await place([job]))[0]?.kind).toBe('answered');
      expect(await shop.rows('SELECT stock FROM products WHERE id = ?', [product.id])).toEqual([{ stock: 7 }]);
      expect(await shop.rows('SELECT balance FROM point_accounts WHERE user_id = ?', [buyer.userId])).toEqual([
        { balance: 700 },
      ]);
      expect(await shop.rows('SELECT id FROM orders WHERE user_id = ?', [buyer.userId])).toHaveLength(1);

      if (statement < failing) {
        // Past the last statement nothing failed: all of them were tried.
        expect([transactions, statement]).toEqual([1, 10]);
        return;
      }
      expect(transactions).toBe(2);
    }
  });
});
