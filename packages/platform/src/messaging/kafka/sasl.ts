import { ConfigError } from '../../service/config-error.ts';
import type { KafkaConfig, saslMechanisms } from './kafka-config.ts';

export interface Sasl {
  readonly mechanism: (typeof saslMechanisms)[number];
  readonly username: string;
  readonly password: string;
}

type SaslConfig = Pick<KafkaConfig, 'KAFKA_SASL_MECHANISM' | 'KAFKA_USERNAME' | 'KAFKA_PASSWORD'>;

/** As whom the brokers are met; undefined where they ask nobody. @throws ConfigError when only part of it is given */
export function saslOf(config: SaslConfig): Sasl | undefined {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = config;
  if (mechanism === undefined && username === undefined && password === undefined) return undefined;
  if (mechanism !== undefined && username !== undefined && password !== undefined) {
    return { mechanism, username, password };
  }
  throw new ConfigError(
    'KAFKA_SASL_MECHANISM: must be set together with KAFKA_USERNAME and KAFKA_PASSWORD, or none of them',
  );
}
