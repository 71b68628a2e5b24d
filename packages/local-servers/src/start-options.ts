import type { Durability } from './mysql/mysql-arguments.ts';

/** Ports to use instead of free ones. */
export interface ServerPorts {
  mysqlPrimary?: number;
  mysqlReplica?: number;
  /** Of the first Redis. */
  redis?: number;
  /** Clients' ports, one a broker. */
  kafka?: readonly number[];
}

export interface KafkaWishes {
  brokers: 1 | 3;
  /** One a broker: where brokers send their clients, for a test that puts a wire of its own in front of each. */
  advertisedPorts?: readonly number[];
  /** Adds ports that let in this user alone, by SASL, for a test of clients. Kafka's tool takes no comma in the password. */
  login?: { readonly user: string; readonly password: string };
}

export interface StartOptions {
  /** Holds all data, logs and secrets of these servers; one tool at a time uses it. */
  dataFolder: string;
  /** Durability 'relaxed' may lose the last second when the machine (not the server) dies; for tests. */
  mysql?: { replica: boolean; durability?: Durability };
  redis?: boolean | { instances: number };
  kafka?: KafkaWishes;
  /** Gets one line a step. */
  report?: (line: string) => void;
  /** Aborts the start; servers that run by then are stopped. */
  signal?: AbortSignal;
  ports?: ServerPorts;
}
