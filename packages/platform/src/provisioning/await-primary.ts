import { setTimeout as delay } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { DomainError } from '../domain-error.ts';
import { connectMysql, type MysqlServer } from './mysql-server.ts';
import type { DatabaseUser } from './provision-target.ts';

export interface AwaitPrimary {
  readonly waitSeconds: number;
  /** Told why it is being waited, whenever that changes. */
  report(line: string): void;
}

const lookAgainMs = 1_000;
const statementTimeoutMs = 5_000;

/**
 * A connection to the primary, once it answers and takes writes.
 * @throws DomainError 'mysql-unavailable' that says why not, when it has not in time
 */
export async function awaitPrimary(
  server: MysqlServer,
  user: DatabaseUser,
  { waitSeconds, report }: AwaitPrimary,
): Promise<Connection> {
  const where = `MySQL at ${server.host}:${server.port}`;
  const giveUpAt = performance.now() + waitSeconds * 1000;
  let told: string | undefined;
  for (;;) {
    try {
      return await connectWritable(server, user);
    } catch (error) {
      const why = error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error);
      if (performance.now() >= giveUpAt) {
        const detail = `${where} was not ready within ${waitSeconds} s: ${why}`;
        throw new DomainError('unavailable', 'mysql-unavailable', detail, { cause: error });
      }
      if (why !== told) report(`waiting for ${where}: ${why}`);
      told = why;
      await delay(lookAgainMs);
    }
  }
}

async function connectWritable(server: MysqlServer, user: DatabaseUser): Promise<Connection> {
  const connection = await connectMysql(server, user);
  try {
    const sql = 'SELECT @@GLOBAL.read_only OR @@GLOBAL.super_read_only AS readOnly';
    const [[found]] = await connection.query<RowDataPacket[]>({ sql, timeout: statementTimeoutMs });
    if (found?.readOnly !== 0) throw new Error('it is read-only');
    return connection;
  } catch (error) {
    connection.destroy();
    throw error;
  }
}
