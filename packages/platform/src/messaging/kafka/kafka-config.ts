import { z } from 'zod';

export const saslMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/** The variables a service with Kafka has in its environment. */
export const kafkaConfig = {
  /** host:port, separated by commas. */
  KAFKA_BROKERS: z.string().regex(/^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$/),
  KAFKA_CLIENT_ID: z.string().min(1).optional(),
  /** Put before every topic and group, so that several platforms may share the brokers. */
  KAFKA_TOPIC_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9._-]*$/)
    .default(''),
  /** PEM file of the authority that signed the brokers' certificates: turns TLS on. */
  KAFKA_CA_FILE: z.string().min(1).optional(),
  /** How the brokers are told who comes; with it go KAFKA_USERNAME and KAFKA_PASSWORD. */
  KAFKA_SASL_MECHANISM: z.enum(saslMechanisms, { error: `must be one of ${saslMechanisms.join(', ')}` }).optional(),
  KAFKA_USERNAME: z.string().min(1).optional(),
  KAFKA_PASSWORD: z.string().min(1).optional(),
};

const schema = z.object(kafkaConfig);

export type KafkaConfig = z.infer<typeof schema>;
