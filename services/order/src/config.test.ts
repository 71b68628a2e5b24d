import { expect, test } from '@jest/globals';
import { loadConfig } from '@onsale/platform/service';
import { orderConfig } from './config.ts';

const env = {
  DB_HOST: 'localhost',
  DB_NAME: 'commerce',
  DB_USER: 'app',
  DB_PASSWORD: 'x',
  REDIS_LOCK_URL: 'redis://localhost',
  REDIS_CACHE_URL: 'redis://localhost',
  KAFKA_BROKERS: 'localhost:9092',
  JWKS_URL: 'http://localhost/jwks.json',
};

test('the data platform is optional', () => {
  expect(loadConfig(orderConfig, env).DATA_PLATFORM_URL).toBeUndefined();
});

test('a data platform without the key that it takes is refused at the start', () => {
  const told = { ...env, DATA_PLATFORM_URL: 'https://data.example' };
  expect(() => loadConfig(orderConfig, told)).toThrow('DATA_PLATFORM_KEY: must be set, since DATA_PLATFORM_URL is');
  expect(loadConfig(orderConfig, { ...told, DATA_PLATFORM_KEY: 'key' }).DATA_PLATFORM_TIMEOUT_MS).toBe(2_000);
});
