import { type Connection, createConnection } from 'mysql2/promise';
import type { AuditError } from './audit-error.ts';
import { failureOf } from './failure-of.ts';
import type { SchemaAccess } from './schema-access.ts';
import { LateError, within } from './within.ts';

/** A value for `:name`; an array fills `IN (:names)`, an array of rows `IN (:pairs)`. */
export type SqlValue = string | number | Date | string[] | string[][];
export type SqlValues = Record<string, SqlValue>;
export type Row = Record<string, unknown>;

export interface Reader {
  /** @throws AuditError when there is no answer in time */
  rows(sql: string, values?: SqlValues): Promise<Row[]>;
  close(): Promise<void>;
}

export interface TimeOuts {
  readonly connectMs: number;
  /** For each statement; the server ends it then. */
  readonly statementMs: number;
}

// The server's own limit comes first, so that a statement given up does not run on behind a closed connection.
const GRACE_MS = 2_000;
const CLOSE_MS = 1_000;

async function open(access: SchemaAccess, timeOuts: TimeOuts): Promise<Connection> {
  return createConnection({
    host: access.host,
    port: access.port,
    database: access.database,
    user: access.user,
    password: access.password,
    ssl: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      verifyIdentity: true,
      ...(access.ca ? { ca: access.ca } : {}),
    },
    connectTimeout: timeOuts.connectMs,
    timezone: 'Z',
    supportBigNumbers: true,
    namedPlaceholders: true,
  });
}

/** Says goodbye; a server that does not hear it is left all the same. */
async function close(connection: Connection): Promise<void> {
  // It is being thrown away: how it ends changes nothing that was read.
  await within(CLOSE_MS, connection.end()).catch(() => undefined);
  connection.destroy();
}

/** Connects over TLS; every statement has a time-out. */
export async function connect(access: SchemaAccess, timeOuts: TimeOuts): Promise<Reader> {
  const where = `${access.database} at ${access.host}:${access.port}`;
  const connection = await open(access, timeOuts).catch((error: unknown) => {
    throw failureOf(`cannot connect to ${where}`, error);
  });
  // An error between two statements is met again by the next of them.
  connection.on('error', () => undefined);
  let lost: AuditError | undefined;
  const reader: Reader = {
    rows: async (sql, values = {}) => {
      if (lost) throw lost;
      try {
        const [rows] = await within(timeOuts.statementMs + GRACE_MS, connection.query({ sql, values }));
        return Array.isArray(rows) ? rows.map((row) => ({ ...row })) : [];
      } catch (error) {
        const failure = failureOf(`${where} did not answer`, error);
        if (error instanceof LateError) {
          lost = failure;
          connection.destroy();
        }
        throw failure;
      }
    },
    close: () => close(connection),
  };
  try {
    await reader.rows("SET SESSION time_zone = '+00:00', group_concat_max_len = 65536, max_execution_time = :limit", {
      limit: timeOuts.statementMs,
    });
    return reader;
  } catch (error) {
    await reader.close();
    throw error;
  }
}
