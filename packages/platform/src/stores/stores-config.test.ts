import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ConfigError } from '../service/config-error.ts';
import { loadConfig } from '../service/load-config.ts';
import { assertInboxOutlastsTopics, storesConfig } from './stores-config.ts';

const schema = z.object(storesConfig).pick({ INBOX_DAYS: true, KAFKA_TOPIC_RETENTION_DAYS: true });
const check = (env: Record<string, string>) => () => assertInboxOutlastsTopics(loadConfig(schema, env));

describe('the inbox', () => {
  test('outlasts the topics by default, and by two days at least', () => {
    expect(check({})).not.toThrow();
    expect(check({ INBOX_DAYS: '9' })).not.toThrow();
    expect(check({ INBOX_DAYS: '8' })).toThrow(
      new ConfigError('INBOX_DAYS: must be at least 9, which is KAFKA_TOPIC_RETENTION_DAYS + 2'),
    );
    expect(check({ KAFKA_TOPIC_RETENTION_DAYS: '13' })).toThrow('INBOX_DAYS: must be at least 15');
  });
});
