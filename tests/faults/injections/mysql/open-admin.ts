import { readFileSync } from 'node:fs';
import type { MysqlPair } from '@onsale/local-servers';
import { type Connection, createConnection } from 'mysql2/promise';

/** A connection to the primary for several statements, in this schema; it has all rights. */
export async function openAdmin({ primary, admin, caFile }: MysqlPair, database: string): Promise<Connection> {
  const connection = await createConnection({
    host: primary.host,
    port: primary.port,
    ...admin,
    database,
    ssl: { ca: readFileSync(caFile, 'utf8') },
    connectTimeout: 3_000,
  });
  // One that breaks while idle is noticed by the next statement.
  connection.on('error', () => undefined);
  return connection;
}
