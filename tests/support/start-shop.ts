import { bestsellerService } from '@onsale/bestseller';
import { orderService } from '@onsale/order';
import { type RunningService, startService } from '@onsale/platform/service';
import { pointService } from '@onsale/point';
import { productService } from '@onsale/product';
import { freshSchema } from './fresh-schema.ts';
import { sharedServers } from './shared-servers.ts';
import type { Shop, ShopOptions } from './shop.ts';
import { shopClients } from './shop-clients.ts';
import { startDataPlatform, type TestDataPlatform } from './start-data-platform.ts';
import { startRedis } from './start-redis.ts';
import { testKeys } from './test-keys.ts';

type Environment = Readonly<Record<string, string>>;

export async function startShop(options: ShopOptions = {}): Promise<Shop> {
  const { parts = ['http', 'migrate'], productParts = [], pointParts = [] } = options;
  const [schema, redis, keys, dataPlatform] = await Promise.all([
    options.schema ?? freshSchema('commerce'),
    startRedis(),
    options.keys ?? testKeys(),
    options.dataPlatform && startDataPlatform(options.dataPlatform === true ? {} : options.dataPlatform),
  ]);
  const env: Environment = {
    ...schema.env,
    REDIS_LOCK_URL: redis.url,
    REDIS_CACHE_URL: redis.url,
    KAFKA_BROKERS: (options.brokers ?? sharedServers().brokers).join(','),
    KAFKA_TOPIC_PREFIX: `${schema.name}.`,
    JWKS_URL: keys.jwksUrl,
    LOG_LEVEL: 'error',
    ...options.env,
  };
  const [product, point] = await Promise.all([
    startService(productService, { env, parts: [...parts, ...productParts] }),
    startService(pointService, { env, parts: [...parts, ...pointParts] }),
  ]);
  const [orders, bestseller] = await Promise.all([
    startOrders(options, { env, parts, dataPlatform }),
    options.bestseller && startBestseller(options.bestseller === true ? {} : options.bestseller, env),
  ]);
  const all = [product, point, ...orders, ...(bestseller ? [bestseller] : [])];

  return {
    ...(await shopClients({ product, point, orders, mint: keys.mint })),
    schema,
    redis,
    product,
    point,
    orders,
    get bestseller() {
      return startedWith('bestseller', bestseller);
    },
    get dataPlatform() {
      return startedWith('dataPlatform', dataPlatform);
    },
    env,
    mint: keys.mint,
    rows: async (sql, values) => {
      const [rows] = await schema.admin.query(sql, values);
      if (!Array.isArray(rows)) throw new Error('a query answers rows');
      return rows;
    },
    stop: async () => {
      await Promise.all(all.map((service) => service.stop()));
      await Promise.all([schema.close(), redis.stop(), keys.close(), dataPlatform?.stop()]);
    },
  };
}

interface Common {
  readonly env: Environment;
  readonly parts: readonly string[];
  readonly dataPlatform: TestDataPlatform | undefined;
}

function startOrders(options: ShopOptions, { env, parts, dataPlatform }: Common): Promise<RunningService[]> {
  const { orderInstances = 1, orderEnv = [], orderParts = dataPlatform ? ['data-platform-sender'] : [] } = options;
  const told = dataPlatform && { DATA_PLATFORM_URL: dataPlatform.url, DATA_PLATFORM_KEY: dataPlatform.key };
  return Promise.all(
    Array.from({ length: orderInstances }, (_, index) =>
      startService(orderService, { env: { ...env, ...told, ...orderEnv[index] }, parts: [...parts, ...orderParts] }),
    ),
  );
}

const bestsellerParts = ['http', 'migrate', 'statistics', 'ranking'];

function startBestseller(
  { parts = bestsellerParts, env: over }: { parts?: readonly string[]; env?: Environment },
  env: Environment,
): Promise<RunningService> {
  return startService(bestsellerService, { env: { ...env, ...over }, parts });
}

function startedWith<T>(option: string, started: T | undefined): T {
  if (started === undefined) throw new Error(`start the shop with the option ${option}`);
  return started;
}
