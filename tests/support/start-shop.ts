import { randomUUID } from 'node:crypto';
import type { Product } from '@onsale/contracts';
import { orderService } from '@onsale/order';
import { type RunningService, startService } from '@onsale/platform/service';
import { pointService } from '@onsale/point';
import { productService } from '@onsale/product';
import { type Answered, call } from './call.ts';
import { type FreshSchema, freshSchema } from './fresh-schema.ts';
import { sharedServers } from './shared-servers.ts';
import { startRedis, type TestRedis } from './start-redis.ts';
import { type TestKeys, testKeys } from './test-keys.ts';

export interface Buyer {
  readonly userId: string;
  readonly token: string;
}

export interface Item {
  readonly productId: string;
  readonly quantity: number;
}

/** Product, point and order services on real servers, in this process, in a schema of their own. */
export interface Shop {
  readonly schema: FreshSchema;
  readonly redis: TestRedis;
  readonly product: RunningService;
  readonly point: RunningService;
  readonly orders: readonly RunningService[];
  mint(claims: { sub: string; role?: 'user' | 'admin' }): Promise<string>;
  /** A product with so many pieces. */
  createProduct(stock: number, price?: number): Promise<Product>;
  /** A user who has charged so many points. */
  createBuyer(points?: number): Promise<Buyer>;
  /** Orders, by instance `on` (the first unless told). */
  order(buyer: Buyer, items: readonly Item[], options?: { key?: string; on?: number }): Promise<Answered>;
  cancel(buyer: Buyer, orderId: string, options?: { key?: string; on?: number }): Promise<Answered>;
  /** Adds pieces to a product's stock, or takes them away. */
  changeStock(productId: string, change: number): Promise<Answered>;
  /** Rows of the shop's schema, from the primary. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on the rows, which is the check of their form.
  rows(sql: string, values?: unknown[]): Promise<any[]>;
  stop(): Promise<void>;
}

export interface ShopOptions {
  readonly orderInstances?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The parts of each service; no jobs unless told, since most tests need none. */
  readonly parts?: readonly string[];
  /** More parts of the product service. */
  readonly productParts?: readonly string[];
  /** A schema on servers of the test's own. */
  readonly schema?: FreshSchema;
  /** Kafka's brokers; the shared ones unless told. */
  readonly brokers?: readonly string[];
  /** Variables of each instance of the order service, one after the other. */
  readonly orderEnv?: readonly Readonly<Record<string, string>>[];
  /** Who signs the tokens; a key of the shop's own unless told. */
  readonly keys?: TestKeys;
}

export async function startShop({
  orderInstances = 1,
  env,
  parts = ['http', 'migrate'],
  productParts = [],
  ...given
}: ShopOptions = {}): Promise<Shop> {
  const [schema, redis, keys] = await Promise.all([
    given.schema ?? freshSchema('commerce'),
    startRedis(),
    given.keys ?? testKeys(),
  ]);
  const environment = {
    ...schema.env,
    REDIS_LOCK_URL: redis.url,
    REDIS_CACHE_URL: redis.url,
    KAFKA_BROKERS: (given.brokers ?? sharedServers().brokers).join(','),
    KAFKA_TOPIC_PREFIX: `${schema.name}.`,
    JWKS_URL: keys.jwksUrl,
    LOG_LEVEL: 'error',
    ...env,
  };
  const start = { env: environment, parts: [...parts] };
  const [product, point] = await Promise.all([
    startService(productService, { ...start, parts: [...parts, ...productParts] }),
    startService(pointService, start),
  ]);
  const orders = await Promise.all(
    Array.from({ length: orderInstances }, (_, index) =>
      startService(orderService, { ...start, env: { ...environment, ...given.orderEnv?.[index] } }),
    ),
  );
  const admin = await keys.mint({ sub: 'admin', role: 'admin' });
  const orderUrl = (on = 0) => orders[on]?.url ?? '';

  return {
    schema,
    redis,
    product,
    point,
    orders,
    mint: keys.mint,
    createProduct: async (stock, price = 1_000) => {
      const body = { name: 'Lightstick', nameKo: '응원봉', price, stock };
      const made = await call(`${product.url}/api/admin/products`, { token: admin, key: randomUUID(), body });
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
      return made.body;
    },
    createBuyer: async (points = 1_000_000) => {
      const userId = randomUUID();
      const token = await keys.mint({ sub: userId });
      if (points > 0) {
        const body = { userId, amount: points };
        const charged = await call(`${point.url}/api/balance/charge`, { token, key: randomUUID(), body });
        if (charged.status !== 200) throw new Error(JSON.stringify(charged.body));
      }
      return { userId, token };
    },
    order: ({ userId, token }, items, { key = randomUUID(), on } = {}) =>
      call(`${orderUrl(on)}/api/orders`, { token, key, body: { userId, items } }),
    cancel: ({ token }, orderId, { key = randomUUID(), on } = {}) =>
      call(`${orderUrl(on)}/api/orders/${orderId}/cancel`, { token, key, body: {} }),
    changeStock: (productId, change) =>
      call(`${product.url}/api/admin/products/${productId}/stock`, {
        token: admin,
        key: randomUUID(),
        body: { change },
      }),
    rows: async (sql, values) => {
      const [rows] = await schema.admin.query(sql, values);
      if (!Array.isArray(rows)) throw new Error('a query answers rows');
      return rows;
    },
    stop: async () => {
      await Promise.all([product, point, ...orders].map((service) => service.stop()));
      await Promise.all([schema.close(), redis.stop(), keys.close()]);
    },
  };
}
