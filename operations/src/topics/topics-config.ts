import { kafkaConfig } from '@onsale/platform/messaging';
import { wholeNumber } from '@onsale/platform/service';
import { storesConfig } from '@onsale/platform/stores';
import { z } from 'zod';

/** The environment of `topics`: the brokers, and what the services create topics with. */
export const topicsConfig = z
  .object({
    ...kafkaConfig,
    KAFKA_TOPIC_PARTITIONS: storesConfig.KAFKA_TOPIC_PARTITIONS,
    KAFKA_TOPIC_REPLICATION: storesConfig.KAFKA_TOPIC_REPLICATION,
    KAFKA_TOPIC_MIN_IN_SYNC: storesConfig.KAFKA_TOPIC_MIN_IN_SYNC,
    KAFKA_TOPIC_RETENTION_DAYS: storesConfig.KAFKA_TOPIC_RETENTION_DAYS,
    /** How long as many brokers as there are to be copies may take to serve. */
    TOPICS_WAIT_SECONDS: wholeNumber(0, 3_600).default(300),
  })
  .refine((config) => config.KAFKA_TOPIC_MIN_IN_SYNC <= config.KAFKA_TOPIC_REPLICATION, {
    path: ['KAFKA_TOPIC_MIN_IN_SYNC'],
    message: 'must be at most KAFKA_TOPIC_REPLICATION',
  });
