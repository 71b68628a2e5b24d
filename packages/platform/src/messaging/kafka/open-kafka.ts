import { readFileSync } from 'node:fs';
import { Kafka, type LogEntry, logLevel, type SASLOptions } from 'kafkajs';
import type { Logger } from '../../telemetry/create-logger.ts';
import type { KafkaConfig } from './kafka-config.ts';
import { clientTuning } from './kafka-tuning.ts';
import './rest-when-idle.ts';
import { type Sasl, saslOf } from './sasl.ts';

/**
 * A way to the brokers; nothing is connected before a job or call needs it. At most one consumer of a group may use it
 * at a time: kafkajs keeps a group's offsets with the client.
 */
export interface KafkaConnection {
  readonly client: Kafka;
  /** The topic's or group's name on the brokers. */
  nameOf(name: string): string;
}

/** @throws ConfigError when only part is given of what the brokers are to be told */
export function openKafka(config: KafkaConfig, log: Logger): KafkaConnection {
  const sasl = saslOf(config);
  const client = new Kafka({
    clientId: config.KAFKA_CLIENT_ID ?? 'onsale',
    brokers: nextOf(config.KAFKA_BROKERS.split(',')),
    ...clientTuning,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => writeLog(log, entry),
    ...(sasl && { sasl: optionsOf(sasl) }),
    ...(config.KAFKA_CA_FILE === undefined ? {} : { ssl: { ca: readFileSync(config.KAFKA_CA_FILE, 'utf8') } }),
  });
  return { client, nameOf: (name) => `${config.KAFKA_TOPIC_PREFIX}${name}` };
}

/** kafkajs has a type for each mechanism. */
function optionsOf({ mechanism, ...user }: Sasl): SASLOptions {
  switch (mechanism) {
    case 'plain':
      return { mechanism, ...user };
    case 'scram-sha-256':
      return { mechanism, ...user };
    case 'scram-sha-512':
      return { mechanism, ...user };
  }
}

/**
 * The broker to begin at, another one each time. kafkajs begins every client at the first of a list, and leaves it only
 * when it refuses to connect: one that hangs, or ends connections, would keep out whoever is made anew.
 */
function nextOf(brokers: readonly string[]): () => string[] {
  let turn = 0;
  return () => {
    const broker = brokers[turn % brokers.length];
    turn += 1;
    return broker === undefined ? [] : [broker];
  };
}

/** Said of every producer whose retries have a bound. Ours is made anew after an error, and consumers know repeats. */
const boundedRetries = 'Limiting retries for the idempotent producer may invalidate EoS guarantees';

/** What kafkajs calls an error is mostly one attempt of several; those who use it log what it came to. */
function writeLog(log: Logger, { level, namespace, log: { message, timestamp: _, ...details } }: LogEntry): void {
  const line = { kafka: namespace, ...details };
  if (level <= logLevel.WARN && message !== boundedRetries) log.warn(line, message);
  else log.debug(line, message);
}
