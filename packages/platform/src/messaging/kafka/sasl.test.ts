import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { loadConfig } from '../../service/load-config.ts';
import { kafkaConfig } from './kafka-config.ts';
import { saslOf } from './sasl.ts';

const check = (env: Record<string, string>) =>
  saslOf(loadConfig(z.object(kafkaConfig), { KAFKA_BROKERS: 'b:1', ...env }));
const all = { KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_USERNAME: 'onsale', KAFKA_PASSWORD: 'p w' };

describe('as whom the brokers are met', () => {
  test('is nobody unless told', () => {
    expect(check({})).toBeUndefined();
    expect(check(all)).toEqual({ mechanism: 'scram-sha-512', username: 'onsale', password: 'p w' });
  });

  test.each(['KAFKA_SASL_MECHANISM', 'KAFKA_USERNAME', 'KAFKA_PASSWORD'])('is not told without %s', (name) => {
    expect(() => check({ ...all, [name]: '' })).toThrow(
      'KAFKA_SASL_MECHANISM: must be set together with KAFKA_USERNAME and KAFKA_PASSWORD, or none of them',
    );
  });

  test('is told by a mechanism that is known', () => {
    expect(() => check({ ...all, KAFKA_SASL_MECHANISM: 'gssapi' })).toThrow(
      'KAFKA_SASL_MECHANISM: must be one of plain, scram-sha-256, scram-sha-512',
    );
  });
});
