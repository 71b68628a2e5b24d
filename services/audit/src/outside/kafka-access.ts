import type { Sasl } from '@onsale/platform/messaging';

/** How the brokers are reached. */
export interface KafkaAccess {
  /** host:port, each. */
  readonly brokers: readonly string[];
  /** What stands before every topic and group of the platform. */
  readonly topicPrefix: string;
  /** PEM file of the authority that signed the brokers' certificates: turns TLS on. */
  readonly caFile?: string;
  /** As whom; where it is left out the brokers ask nobody. */
  readonly sasl?: Sasl;
}
