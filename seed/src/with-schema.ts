import { connectMysql } from '@onsale/platform/provisioning';
import type { Connection } from 'mysql2/promise';
import type { SchemaAddress } from './schema-address.ts';

/** Does the work in one transaction, with the rights of the schema's own user. */
export async function withSchema<T>(address: SchemaAddress, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await connectMysql(address, address.user);
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
