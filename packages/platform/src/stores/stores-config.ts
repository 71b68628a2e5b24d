import { z } from 'zod';
import { databaseConfig } from '../database/index.ts';
import { kafkaConfig } from '../messaging/index.ts';
import { redisConfig } from '../redis/index.ts';
import { wholeNumber } from '../service/whole-number.ts';

/** The variables of a service that stands on MySQL, Redis and Kafka; spread into its own schema. */
export const storesConfig = {
  ...databaseConfig,
  ...redisConfig,
  ...kafkaConfig,
  /** What topics are created with; those that exist stay as they are. */
  KAFKA_TOPIC_PARTITIONS: wholeNumber(1, 1_000).default(6),
  KAFKA_TOPIC_REPLICATION: wholeNumber(1, 10).default(3),
  KAFKA_TOPIC_MIN_IN_SYNC: wholeNumber(1, 10).default(2),
  /** How long an answer can be had again under its Idempotency-Key. */
  IDEMPOTENCY_HOURS: wholeNumber(1, 8_760).default(24),
  /** How long events that were sent are kept. */
  OUTBOX_DAYS: wholeNumber(1, 365).default(7),
};

const schema = z.object(storesConfig);

export type StoresConfig = z.infer<typeof schema>;
