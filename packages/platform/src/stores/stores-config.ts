import { z } from 'zod';
import { databaseConfig } from '../database/index.ts';
import { kafkaConfig } from '../messaging/index.ts';
import { redisConfig } from '../redis/index.ts';

/** The variables of a service that stands on MySQL, Redis and Kafka; spread into its own schema. */
export const storesConfig = {
  ...databaseConfig,
  ...redisConfig,
  ...kafkaConfig,
  /** How long an answer can be had again under its Idempotency-Key. */
  IDEMPOTENCY_HOURS: z.coerce.number().int().min(1).max(8_760).default(24),
  /** How long events that were sent are kept. */
  OUTBOX_DAYS: z.coerce.number().int().min(1).max(365).default(7),
};

const schema = z.object(storesConfig);

export type StoresConfig = z.infer<typeof schema>;
