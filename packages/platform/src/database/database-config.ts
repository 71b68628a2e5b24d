import { z } from 'zod';
import { wholeNumber } from '../service/whole-number.ts';

const port = wholeNumber(1, 65535);
const milliseconds = wholeNumber(100, 600_000);

/** The variables a service with a database has in its environment; spread into its own schema. */
export const databaseConfig = {
  DB_HOST: z.string().min(1),
  DB_PORT: port.default(3306),
  /** Reads that may be a little old go here; without it they go to the primary. */
  DB_REPLICA_HOST: z.string().min(1).optional(),
  DB_REPLICA_PORT: port.optional(),
  DB_NAME: z.string().regex(/^[A-Za-z0-9_$]{1,64}$/),
  DB_USER: z.string().min(1),
  DB_PASSWORD: z.string(),
  /** Only migrations use this user; without it they run as DB_USER. */
  DB_MIGRATION_USER: z.string().min(1).optional(),
  DB_MIGRATION_PASSWORD: z.string().optional(),
  /** PEM file of the authority that signed the servers' certificates: turns TLS on. */
  DB_CA_FILE: z.string().min(1).optional(),
  DB_POOL_SIZE: wholeNumber(1, 200).default(10),
  /** How long a transaction or a read waits for a free connection. */
  DB_ACQUIRE_TIMEOUT_MS: milliseconds.default(5000),
  DB_CONNECT_TIMEOUT_MS: milliseconds.default(2000),
  /** Longer than DB_LOCK_WAIT_SECONDS, so that the server's own answer comes first. */
  DB_STATEMENT_TIMEOUT_MS: milliseconds.default(4000),
  DB_REPLICA_TIMEOUT_MS: milliseconds.default(2000),
  DB_REPLICA_MAX_LAG_SECONDS: wholeNumber(0, 3600).default(2),
  /** How many replica reads may run on the primary at once while the replica is of no use. */
  DB_FALLBACK_LIMIT: wholeNumber(1, 200).default(8),
  /** Three seconds at most: a lock that is had later than that is of no use to anybody. */
  DB_LOCK_WAIT_SECONDS: wholeNumber(1, 3).default(3),
  DB_TRANSACTION_BUDGET_MS: milliseconds.default(5000),
};

const schema = z.object(databaseConfig);

export type DatabaseConfig = z.infer<typeof schema>;
