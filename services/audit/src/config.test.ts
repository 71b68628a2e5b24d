import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '@onsale/platform/service';
import { accessOf, auditConfig, outsideOf } from './config.ts';

const env = {
  AUDIT_COMMERCE_HOST: 'db',
  AUDIT_COMMERCE_USER: 'auditor',
  AUDIT_COMMERCE_PASSWORD: 'p',
  AUDIT_AUTH_HOST: 'db',
  AUDIT_AUTH_USER: 'auditor',
  AUDIT_AUTH_PASSWORD: 'p',
  AUDIT_KAFKA_BROKERS: 'b-1:9092,b-2:9092',
  AUDIT_REDIS_CACHE_URL: 'redis://cache',
};
const outside = (more: Record<string, string>) => outsideOf(loadConfig(auditConfig, { ...env, ...more }));

const sasl = {
  AUDIT_KAFKA_SASL_MECHANISM: 'scram-sha-256',
  AUDIT_KAFKA_USERNAME: 'auditor',
  AUDIT_KAFKA_PASSWORD: 'secret',
};

describe('a schema', () => {
  const access = (more: Record<string, string>) => accessOf(loadConfig(auditConfig, { ...env, ...more }), 'AUTH');

  test('is at one server, or at one of two', () => {
    expect(access({})).not.toHaveProperty('replica');
    expect(access({ AUDIT_AUTH_REPLICA_HOST: 'db-2', AUDIT_AUTH_REPLICA_PORT: '3307' })).toMatchObject({
      host: 'db',
      replica: { host: 'db-2', port: 3307 },
    });
  });
});

describe('what stands outside', () => {
  test('is reached without passwords where none are given', () => {
    expect(outside({})).toEqual({
      kafka: { brokers: ['b-1:9092', 'b-2:9092'], topicPrefix: '' },
      redis: { cacheUrl: 'redis://cache' },
    });
  });

  test('is reached with those that are given', () => {
    expect(outside({ ...sasl, AUDIT_REDIS_CACHE_PASSWORD: 'p w' })).toMatchObject({
      kafka: { sasl: { mechanism: 'scram-sha-256', username: 'auditor', password: 'secret' } },
      redis: { cacheUrl: 'redis://cache', password: 'p w' },
    });
  });

  test.each(Object.keys(sasl))('is refused without %s alone', (name) => {
    expect(() => outside({ ...sasl, [name]: '' })).toThrow(
      'AUDIT_KAFKA_SASL_MECHANISM: must be set together with AUDIT_KAFKA_USERNAME and AUDIT_KAFKA_PASSWORD, or none of them',
    );
  });
});
