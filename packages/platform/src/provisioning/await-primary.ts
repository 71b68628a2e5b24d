import type { Connection, RowDataPacket } from 'mysql2/promise';
import { DomainError } from '../domain-error.ts';
import { keepTrying, type Waiting } from '../service/keep-trying.ts';
import { connectMysql, type MysqlServer } from './mysql-server.ts';
import type { DatabaseUser } from './provision-target.ts';

const statementTimeoutMs = 5_000;

/**
 * A connection to the primary, once it answers and takes writes.
 * @throws DomainError 'mysql-unavailable' that says why not, when it has not in time
 */
export function awaitPrimary(
  server: MysqlServer,
  user: DatabaseUser,
  { waitSeconds, report }: Waiting,
): Promise<Connection> {
  return keepTrying({
    waitSeconds,
    report,
    what: `MySQL at ${server.host}:${server.port}`,
    attempt: () => connectWritable(server, user),
    failure: (message, cause) => new DomainError('unavailable', 'mysql-unavailable', message, { cause }),
  });
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
