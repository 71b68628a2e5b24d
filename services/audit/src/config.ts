import { kafkaConfig, type Sasl } from '@onsale/platform/messaging';
import { redisConfig } from '@onsale/platform/redis';
import { wholeNumber } from '@onsale/platform/service';
import { z } from 'zod';
import type { DataPlatformAccess } from './outside/data-platform-access.ts';
import type { KafkaAccess } from './outside/kafka-access.ts';
import type { RedisAccess } from './outside/redis-access.ts';
import type { SchemaAccess } from './snapshot/schema-access.ts';

const port = wholeNumber(1, 65_535).default(3306);
const hours = wholeNumber(1, 8_760);

const variables = z.object({
  AUDIT_COMMERCE_HOST: z.string().min(1),
  AUDIT_COMMERCE_PORT: port,
  /** Asked when the first server is not the primary, as after a failover. */
  AUDIT_COMMERCE_REPLICA_HOST: z.string().min(1).optional(),
  AUDIT_COMMERCE_REPLICA_PORT: port,
  AUDIT_COMMERCE_NAME: z.string().min(1).default('commerce'),
  AUDIT_COMMERCE_USER: z.string().min(1),
  AUDIT_COMMERCE_PASSWORD: z.string(),
  /** PEM; as a file by AUDIT_COMMERCE_CA_FILE. */
  AUDIT_COMMERCE_CA: z.string().optional(),
  AUDIT_AUTH_HOST: z.string().min(1),
  AUDIT_AUTH_PORT: port,
  /** Asked when the first server is not the primary, as after a failover. */
  AUDIT_AUTH_REPLICA_HOST: z.string().min(1).optional(),
  AUDIT_AUTH_REPLICA_PORT: port,
  AUDIT_AUTH_NAME: z.string().min(1).default('auth'),
  AUDIT_AUTH_USER: z.string().min(1),
  AUDIT_AUTH_PASSWORD: z.string(),
  AUDIT_AUTH_CA: z.string().optional(),
  AUDIT_KAFKA_BROKERS: kafkaConfig.KAFKA_BROKERS,
  AUDIT_KAFKA_TOPIC_PREFIX: kafkaConfig.KAFKA_TOPIC_PREFIX,
  AUDIT_KAFKA_CA_FILE: kafkaConfig.KAFKA_CA_FILE,
  AUDIT_KAFKA_SASL_MECHANISM: kafkaConfig.KAFKA_SASL_MECHANISM,
  AUDIT_KAFKA_USERNAME: kafkaConfig.KAFKA_USERNAME,
  AUDIT_KAFKA_PASSWORD: kafkaConfig.KAFKA_PASSWORD,
  AUDIT_REDIS_CACHE_URL: redisConfig.REDIS_CACHE_URL,
  AUDIT_REDIS_CACHE_PASSWORD: redisConfig.REDIS_CACHE_PASSWORD,
  AUDIT_REDIS_CA_FILE: redisConfig.REDIS_CA_FILE,
  /** A shop may have none. */
  AUDIT_DATA_PLATFORM_URL: z.url({ protocol: /^https?$/ }).optional(),
  AUDIT_DATA_PLATFORM_KEY: z.string().min(1).optional(),
  AUDIT_STATEMENT_TIMEOUT_MS: wholeNumber(100, 3_600_000).default(120_000),
  AUDIT_KEYS_RETENTION_HOURS: hours.default(24),
  AUDIT_OUTBOX_RETENTION_HOURS: hours.default(168),
  AUDIT_INBOX_RETENTION_HOURS: hours.default(336),
  /** As the services are told; the smallest, if it was changed. */
  AUDIT_SNAPSHOT_SIZE: wholeNumber(1, 1_000).default(100),
});

/** The environment of the audit: for each schema a user of its primary who may only read, and what it led to outside. */
export const auditConfig = variables
  .refine(({ AUDIT_DATA_PLATFORM_URL: url, AUDIT_DATA_PLATFORM_KEY: key }) => url === undefined || key !== undefined, {
    path: ['AUDIT_DATA_PLATFORM_KEY'],
    message: 'must be set with AUDIT_DATA_PLATFORM_URL',
  })
  .refine((config) => saslOf(config) !== undefined || saslParts(config).every((part) => part === undefined), {
    path: ['AUDIT_KAFKA_SASL_MECHANISM'],
    message: 'must be set together with AUDIT_KAFKA_USERNAME and AUDIT_KAFKA_PASSWORD, or none of them',
  });

type Variables = z.infer<typeof variables>;

const saslParts = (config: Variables) => [
  config.AUDIT_KAFKA_SASL_MECHANISM,
  config.AUDIT_KAFKA_USERNAME,
  config.AUDIT_KAFKA_PASSWORD,
];

function saslOf(config: Variables): Sasl | undefined {
  const { AUDIT_KAFKA_SASL_MECHANISM: mechanism, AUDIT_KAFKA_USERNAME: username } = config;
  const { AUDIT_KAFKA_PASSWORD: password } = config;
  if (mechanism === undefined || username === undefined || password === undefined) return undefined;
  return { mechanism, username, password };
}

export type AuditConfig = z.infer<typeof auditConfig>;

/** How the schema is reached. */
export function accessOf(config: AuditConfig, schema: 'COMMERCE' | 'AUTH'): SchemaAccess {
  const ca = config[`AUDIT_${schema}_CA`];
  const replicaHost = config[`AUDIT_${schema}_REPLICA_HOST`];
  const replica = replicaHost && { host: replicaHost, port: config[`AUDIT_${schema}_REPLICA_PORT`] };
  return {
    host: config[`AUDIT_${schema}_HOST`],
    port: config[`AUDIT_${schema}_PORT`],
    ...(replica && { replica }),
    database: config[`AUDIT_${schema}_NAME`],
    user: config[`AUDIT_${schema}_USER`],
    password: config[`AUDIT_${schema}_PASSWORD`],
    ...(ca === undefined ? {} : { ca }),
  };
}

interface Outside {
  readonly kafka: KafkaAccess;
  readonly redis: RedisAccess;
  readonly dataPlatform?: DataPlatformAccess;
}

/** How what stands outside the schemas is reached. */
export function outsideOf(config: AuditConfig): Outside {
  const { AUDIT_KAFKA_CA_FILE: kafkaCa, AUDIT_REDIS_CA_FILE: redisCa } = config;
  const { AUDIT_REDIS_CACHE_URL: cacheUrl, AUDIT_REDIS_CACHE_PASSWORD: redisPassword } = config;
  const { AUDIT_DATA_PLATFORM_URL: url, AUDIT_DATA_PLATFORM_KEY: key } = config;
  const sasl = saslOf(config);
  return {
    kafka: {
      brokers: config.AUDIT_KAFKA_BROKERS.split(','),
      topicPrefix: config.AUDIT_KAFKA_TOPIC_PREFIX,
      ...(kafkaCa === undefined ? {} : { caFile: kafkaCa }),
      ...(sasl && { sasl }),
    },
    redis: {
      cacheUrl,
      ...(redisPassword === undefined ? {} : { password: redisPassword }),
      ...(redisCa === undefined ? {} : { caFile: redisCa }),
    },
    ...(url === undefined || key === undefined ? {} : { dataPlatform: { url, key } }),
  };
}
