import { readFileSync } from 'node:fs';
import { type Connection, createConnection } from 'mysql2/promise';
import type { SchemaAddress } from './schema-address.ts';

const connectTimeoutMs = 5_000;

/** Does the work in one transaction, with the rights of the schema's own user. */
export async function withSchema<T>(address: SchemaAddress, work: (connection: Connection) => Promise<T>): Promise<T> {
  const { host, port, database, user, caFile } = address;
  const connection = await createConnection({
    host,
    port,
    database,
    user: user.user,
    password: user.password,
    ...(caFile === undefined ? {} : { ssl: { ca: readFileSync(caFile, 'utf8'), verifyIdentity: true } }),
    connectTimeout: connectTimeoutMs,
    timezone: 'Z',
  });
  // A connection that breaks between statements must not be an uncaught error; the next statement rejects.
  connection.on('error', () => undefined);
  try {
    await connection.query("SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 5");
    await connection.beginTransaction();
    const result = await work(connection);
    await connection.commit();
    return result;
  } finally {
    connection.destroy();
  }
}
