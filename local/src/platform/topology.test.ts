import { describe, expect, test } from '@jest/globals';
import type { InventoryEntry } from '../../../services/inventory.ts';
import { instanceNames } from './instance.ts';
import { type Backing, environmentOf } from './topology.ts';

const inventory: InventoryEntry[] = [
  { name: 'auth', schema: 'auth', byAddress: ['/api/auth'], open: ['/.well-known'] },
  { name: 'order', schema: 'commerce', guarded: ['/api/orders'] },
  { name: 'data-platform', schema: 'data_platform' },
  { name: 'gateway' },
];

const schema = (database: string) => ({
  database,
  app: { user: `${database}_app`, password: 'a' },
  migration: { user: `${database}_migrator`, password: 'm' },
});

const backing: Backing = {
  mysql: { primaryPort: 3306, replicaPort: 3307, caFile: '/ca.pem' },
  schemas: { auth: schema('auth'), commerce: schema('commerce'), data_platform: schema('data_platform') },
  redisPort: 6379,
  brokers: ['127.0.0.1:9092', '127.0.0.1:9093'],
  signingKeysFile: '/keys.json',
  dataPlatformKey: 'k',
};

const instances = instanceNames(['auth', 'order', 'data-platform', 'gateway'], { order: 2 }).map((instance, index) => ({
  ...instance,
  port: 1000 + index,
  managementPort: 2000 + index,
}));

const environments = new Map(
  instances.map((instance) => [instance.name, environmentOf(instance, { inventory, instances, backing })]),
);

describe('the topology', () => {
  test('numbers further instances of a service', () => {
    expect(instances.map(({ name }) => name)).toEqual(['auth', 'order', 'order-2', 'data-platform', 'gateway']);
  });

  test('gives a service its own schema, and no other', () => {
    expect(environments.get('order')).toMatchObject({ DB_NAME: 'commerce', DB_USER: 'commerce_app', DB_PORT: '3306' });
    expect(environments.get('gateway')).not.toHaveProperty('DB_PASSWORD');
  });

  test('keeps the signing keys with auth', () => {
    expect(environments.get('auth')).toHaveProperty('AUTH_SIGNING_KEYS_FILE', '/keys.json');
    expect(environments.get('order')).not.toHaveProperty('AUTH_SIGNING_KEYS_FILE');
  });

  test('tells orders where the data platform is, and gives its key to these two alone', () => {
    expect(environments.get('order-2')).toMatchObject({
      DATA_PLATFORM_URL: 'http://127.0.0.1:1003',
      DATA_PLATFORM_KEY: 'k',
    });
    const withKey = [...environments].filter(([, environment]) => environment.DATA_PLATFORM_KEY === 'k');
    expect(withKey.map(([name]) => name)).toEqual(['order', 'order-2', 'data-platform']);
  });

  test("keeps the data platform, which stands for somebody else's, apart", () => {
    const environment = environments.get('data-platform');
    expect(environment).toMatchObject({ DB_NAME: 'data_platform', DATA_PLATFORM_FAULTS: 'allowed' });
    for (const name of ['REDIS_LOCK_URL', 'REDIS_CACHE_URL', 'KAFKA_BROKERS', 'JWKS_URL']) {
      expect(environment).not.toHaveProperty(name);
    }
    expect(environments.get('gateway')?.GATEWAY_UPSTREAMS).not.toContain('data-platform');
  });

  test('tells the gateway every instance and every route', () => {
    const gateway = environments.get('gateway');
    expect(JSON.parse(gateway?.GATEWAY_UPSTREAMS ?? '')).toEqual({
      auth: [{ url: 'http://127.0.0.1:1000', health: 'http://127.0.0.1:2000/readyz' }],
      order: [
        { url: 'http://127.0.0.1:1001', health: 'http://127.0.0.1:2001/readyz' },
        { url: 'http://127.0.0.1:1002', health: 'http://127.0.0.1:2002/readyz' },
      ],
    });
    expect(JSON.parse(gateway?.GATEWAY_ROUTES ?? '')).toEqual([
      { prefix: '/.well-known', service: 'auth', anonymous: true, limit: 'user' },
      { prefix: '/api/auth', service: 'auth', anonymous: true, limit: 'address' },
      { prefix: '/api/orders', service: 'order', anonymous: false, limit: 'user' },
    ]);
  });
});
