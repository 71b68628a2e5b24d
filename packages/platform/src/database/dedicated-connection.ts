import { readFileSync } from 'node:fs';
import { type Connection, createConnection, type QueryResult, type ResultSetHeader, type RowDataPacket } from 'mysql2';
import { watchConnection } from './connection-watch.ts';
import type { DatabaseConfig } from './database-config.ts';
import { databaseFailureOf } from './database-failure.ts';
import type { PoolTarget } from './pool-target.ts';
import { runOn, sessionSettings } from './session-settings.ts';
import type { SqlValue } from './sql-value.ts';

export interface DedicatedConnection {
  rows<R extends object>(sql: string, values?: readonly SqlValue[]): Promise<R[]>;
  /** Answers how many rows the statement found (changed or not). */
  change(sql: string, values?: readonly SqlValue[]): Promise<number>;
  /** Resolves when the connection is lost or destroyed; a server that falls silent shows in a statement only. */
  readonly ended: Promise<void>;
  /** Ends the connection at once; statements in flight are rejected. */
  destroy(): void;
}

/** A holder of a named lock may be silent for as long as this before the server takes the lock away. */
const idleSeconds = 30;
const statementTimeoutMs = 10_000;

/** Opens one connection to the primary, without a pool that would replace it unseen. */
export async function openDedicatedConnection(
  config: DatabaseConfig,
  target: PoolTarget,
): Promise<DedicatedConnection> {
  const endpoint = await target.next();
  const connection = createConnection({
    ...endpoint,
    database: config.DB_NAME,
    user: config.DB_USER,
    password: config.DB_PASSWORD,
    timezone: 'Z',
    supportBigNumbers: true,
    connectTimeout: config.DB_CONNECT_TIMEOUT_MS,
    ...(config.DB_CA_FILE === undefined ? {} : { ssl: { ca: readFileSync(config.DB_CA_FILE, 'utf8') } }),
  });
  const ended = Promise.withResolvers<void>();
  connection.on('end', () => ended.resolve());
  // Without a listener a lost connection would end the process.
  connection.on('error', () => {
    target.failed(endpoint);
    ended.resolve();
  });
  watchConnection(connection, {
    statementTimeoutMs,
    dooms: () => false,
    onError: (error) => {
      if (databaseFailureOf(error) === 'read-only') target.refused(endpoint);
    },
  });
  try {
    await connected(connection);
    await runOn(
      connection,
      sessionSettings({
        lockWaitSeconds: config.DB_LOCK_WAIT_SECONDS,
        idleSeconds,
        selectTimeoutMs: statementTimeoutMs,
      }),
    );
    await target.opened(connection, endpoint);
  } catch (error) {
    connection.destroy();
    throw error;
  }
  return {
    rows: <R extends object>(sql: string, values?: readonly SqlValue[]) =>
      query<(R & RowDataPacket)[]>(connection, sql, values),
    change: async (sql, values) => (await query<ResultSetHeader>(connection, sql, values)).affectedRows,
    ended: ended.promise,
    destroy: () => {
      connection.destroy();
      ended.resolve();
    },
  };
}

function connected(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
}

function query<T extends QueryResult>(
  connection: Connection,
  sql: string,
  values: readonly SqlValue[] = [],
): Promise<T> {
  return new Promise((resolve, reject) => {
    connection.query<T>({ sql, values: [...values] }, (error, result) => (error ? reject(error) : resolve(result)));
  });
}
