import { randomUUID } from 'node:crypto';
import { openDatabase } from '@onsale/platform/database';
import { createCache, openRedis, redisReady } from '@onsale/platform/redis';
import { uuidIds } from '@onsale/platform/service';
import { createLogger, createMetrics } from '@onsale/platform/telemetry';
import { type Shop, type ShopOptions, startShop } from '@onsale/tests/support';
import { bestsellerConfig } from '../config.ts';
import type { Day } from '../domain/day.ts';
import { salesTopics } from '../events/sales-consumer.ts';
import { createRanking } from '../ranking/ranking.ts';
import { createRankingMetrics } from '../ranking/ranking-metrics.ts';
import { countSales, SALES_CONSUMER, type SaleEvent } from '../usecases/count-sales.ts';
import { keepRanking } from '../usecases/keep-ranking.ts';
import { takeSnapshots } from '../usecases/take-snapshots.ts';

export const silent = createLogger({ name: 'bestseller', level: 'silent' });

/** The events that this service counts. */
export const countedEvents = { consumer: SALES_CONSUMER, topics: salesTopics };

/** A clock that stands until it is set. */
export interface TestClock {
  now(): Date;
  set(instant: string | Date): void;
}

export function testClock(instant: string): TestClock {
  let now = new Date(instant);
  return {
    now: () => now,
    set: (to) => {
      now = new Date(to);
    },
  };
}

/** A shop, and the use cases of this service on its schema and its Redis, with a clock of the test's own. */
export type TestBestsellers = Awaited<ReturnType<typeof testBestsellers>>;

export async function testBestsellers(instant = '2026-11-21T03:00:00Z', options: ShopOptions = {}) {
  const shop = await startShop({ bestseller: { parts: ['http', 'migrate'] }, ...options });
  const config = bestsellerConfig.parse(shop.env);
  const database = openDatabase({ config, log: silent, metrics: createMetrics('bestseller') });
  const redis = openRedis({ url: shop.redis.url, name: 'test', log: silent });
  if (!(await redisReady(redis, 5_000))) throw new Error('Redis was not ready in time');
  const clock = testClock(instant);
  const registry = createMetrics('bestseller');
  const metrics = createRankingMetrics(registry);
  const ranking = createRanking(redis);
  const snapshots = (
    over: { waitSeconds?: number; size?: number; pause?: () => Promise<void>; log?: typeof silent } = {},
  ) => takeSnapshots({ database, clock, log: silent, events: countedEvents, waitSeconds: 600, size: 100, ...over });
  return {
    shop,
    database,
    redis,
    clock,
    ranking,
    metrics,
    count: countSales({ database, ranking, metrics, log: silent }),
    keep: keepRanking({ database, ranking, metrics, ids: uuidIds, log: silent, settleMs: 50 }),
    cache: createCache({ redis, log: silent, metrics: createMetrics('bestseller') }),
    take: snapshots(),
    snapshots,
    /** The table as it stands: pieces sold by product. */
    sold: (day: Day) => soldOn(shop, day),
    /** What the ranking shows; undefined when it is not whole. */
    shown: async (day: Day) => {
      const places = await ranking.top(day, 100_000);
      return places && Object.fromEntries(places.map(({ productId, quantitySold }) => [productId, quantitySold]));
    },
    stop: async () => {
      redis.disconnect();
      await database.close();
      await shop.stop();
    },
  };
}

async function soldOn(shop: Shop, day: Day): Promise<Record<string, number>> {
  const rows = await shop.rows('SELECT product_id, quantity_sold FROM product_statistics WHERE day = ?', [day]);
  return Object.fromEntries(rows.map((row) => [row.product_id, row.quantity_sold]));
}

/** What a ranking should show of a table. */
export const positive = (sold: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(sold).filter(([, quantity]) => quantity > 0));

/** An event that so many pieces of each product were sold on a day; taken back when negative. */
export const saleEvent = (day: Day, sold: Readonly<Record<string, number>>, id: string = randomUUID()): SaleEvent => ({
  id,
  data: { day, items: Object.entries(sold).map(([productId, quantity]) => ({ productId, quantity })) },
});

/** Products of these ids, with names, straight into the table. */
export async function insertProducts(shop: Shop, productIds: readonly string[]): Promise<void> {
  await shop.schema.admin.query(
    `INSERT INTO products (id, name, name_ko, price, stock, version, created_at, updated_at) VALUES ?`,
    [productIds.map((id) => [id, `Name of ${id}`, `${id} 이름`, 100, 1_000, 1, new Date(), new Date()])],
  );
}

/** An event in the outbox, created at that instant, which nobody has handled. */
export async function insertUnhandled(shop: Shop, createdAt: string, topic = 'order-completed'): Promise<string> {
  const id = randomUUID();
  await shop.schema.admin.query(
    `INSERT INTO outbox (event_id, topic, message_key, type, source, data, created_at, sent_at)
     VALUES (?, ?, ?, ?, 'order', '{}', ?, ?)`,
    [id, topic, randomUUID(), `onsale.${topic}.v1`, new Date(createdAt), new Date(createdAt)],
  );
  return id;
}
