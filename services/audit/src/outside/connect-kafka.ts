import { type KafkaConnection, openKafka } from '@onsale/platform/messaging';
import { createLogger } from '@onsale/platform/telemetry';
import { failureOf } from '../snapshot/failure-of.ts';
import type { KafkaAccess } from './kafka-access.ts';

/**
 * A way to the brokers; nothing is connected before something is asked of them.
 * @throws AuditError when the authority's file cannot be read
 */
export function connectKafka({ brokers, topicPrefix, caFile, sasl }: KafkaAccess): KafkaConnection {
  const config = { KAFKA_BROKERS: brokers.join(','), KAFKA_TOPIC_PREFIX: topicPrefix, KAFKA_CLIENT_ID: 'audit' };
  try {
    return openKafka(
      {
        ...config,
        ...(caFile === undefined ? {} : { KAFKA_CA_FILE: caFile }),
        ...(sasl && {
          KAFKA_SASL_MECHANISM: sasl.mechanism,
          KAFKA_USERNAME: sasl.username,
          KAFKA_PASSWORD: sasl.password,
        }),
      },
      createLogger({ name: 'audit', level: 'silent' }),
    );
  } catch (error) {
    throw failureOf(`cannot read ${caFile}`, error);
  }
}
