import { readFileSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import type { DatabaseUser, Row } from '../local-servers.ts';

export interface MysqlClient {
  /** One statement on a connection of its own, so that a server that was killed meanwhile costs nothing. */
  query(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

const connectTimeoutMs = 3_000;
const statementTimeoutMs = 60_000;

export function mysqlClient(port: number, user: DatabaseUser, caFile: string): MysqlClient {
  return {
    async query(sql, values = []) {
      const connection = await createConnection({
        host: '127.0.0.1',
        port,
        user: user.user,
        password: user.password,
        ssl: { ca: readFileSync(caFile, 'utf8'), verifyIdentity: true },
        connectTimeout: connectTimeoutMs,
        timezone: 'Z',
        supportBigNumbers: true,
      });
      // A connection that breaks while idle must not be an uncaught error; the statement itself rejects.
      connection.on('error', () => undefined);
      try {
        const [result] = await connection.query({ sql, values: [...values], timeout: statementTimeoutMs });
        return Array.isArray(result) ? result.map((row): Row => ({ ...row })) : [];
      } finally {
        connection.destroy();
      }
    },
  };
}
