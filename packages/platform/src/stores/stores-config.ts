import { z } from 'zod';
import { databaseConfig } from '../database/index.ts';
import { electionConfig } from '../election/election-config.ts';
import { kafkaConfig } from '../messaging/index.ts';
import { redisConfig } from '../redis/index.ts';
import { ConfigError } from '../service/config-error.ts';
import { wholeNumber } from '../service/whole-number.ts';

/** The variables of a service that stands on MySQL, Redis and Kafka; spread into its own schema. */
export const storesConfig = {
  ...databaseConfig,
  ...redisConfig,
  ...kafkaConfig,
  ...electionConfig,
  /** What topics are created with; those that exist stay as they are. */
  KAFKA_TOPIC_PARTITIONS: wholeNumber(1, 1_000).default(6),
  KAFKA_TOPIC_REPLICATION: wholeNumber(1, 10).default(3),
  KAFKA_TOPIC_MIN_IN_SYNC: wholeNumber(1, 10).default(2),
  KAFKA_TOPIC_RETENTION_DAYS: wholeNumber(1, 365).default(7),
  /** How long an answer can be had again under its Idempotency-Key. */
  IDEMPOTENCY_HOURS: wholeNumber(1, 8_760).default(24),
  /** How long events that were sent are kept. */
  OUTBOX_DAYS: wholeNumber(1, 365).default(7),
  /** How long it is known which events were handled: longer than topics hold them. */
  INBOX_DAYS: wholeNumber(1, 3_650).default(14),
};

const schema = z.object(storesConfig);

export type StoresConfig = z.infer<typeof schema>;

/** Messages go a segment of a day at a time, and a day is left for clocks that differ and clean-ups that are late. */
const marginDays = 2;

/** @throws ConfigError when a topic could hold an event after the inbox has forgotten that it was handled */
export function assertInboxOutlastsTopics(
  config: Pick<StoresConfig, 'INBOX_DAYS' | 'KAFKA_TOPIC_RETENTION_DAYS'>,
): void {
  const least = config.KAFKA_TOPIC_RETENTION_DAYS + marginDays;
  if (config.INBOX_DAYS >= least) return;
  throw new ConfigError(`INBOX_DAYS: must be at least ${least}, which is KAFKA_TOPIC_RETENTION_DAYS + ${marginDays}`);
}
