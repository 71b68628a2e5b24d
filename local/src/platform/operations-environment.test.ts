import { expect, test } from '@jest/globals';
import { operationsEnvironment } from './operations-environment.ts';

const schema = (database: string) => ({
  database,
  app: { user: `${database}_app`, password: 'a' },
  migration: { user: `${database}_migrator`, password: 'secret' },
});

const operations = operationsEnvironment({
  mysql: { primaryPort: 3306, replicaPort: 3307, caFile: '/ca.pem' },
  schemas: { auth: schema('auth'), commerce: schema('commerce'), data_platform: schema('data_platform') },
  redisPort: 6379,
  brokers: ['127.0.0.1:9092', '127.0.0.1:9093'],
  signingKeysFile: '/keys.json',
  dataPlatformKey: 'k',
});

test("operators' commands reach the topics, Redis and every schema", () => {
  expect(operations.env).toMatchObject({
    KAFKA_BROKERS: '127.0.0.1:9092,127.0.0.1:9093',
    REDIS_CACHE_URL: 'redis://127.0.0.1:6379',
  });
  expect(operations.schemas.commerce).toEqual({
    DB_HOST: '127.0.0.1',
    DB_PORT: '3306',
    DB_REPLICA_HOST: '127.0.0.1',
    DB_REPLICA_PORT: '3307',
    DB_NAME: 'commerce',
    DB_USER: 'commerce_app',
    DB_PASSWORD: 'a',
    DB_CA_FILE: '/ca.pem',
  });
  expect(operations.schemas.data_platform.DB_NAME).toBe('data_platform');
});

test("they have the rights of the schema's own user, who cannot change its tables' form", () => {
  expect(JSON.stringify(operations)).not.toContain('secret');
});
