import { readFile } from 'node:fs/promises';
import { type FreshSchema, sharedServers } from '@onsale/tests/support';
import type { SchemaAccess } from '../snapshot/schema-access.ts';

const userOf = ({ name }: FreshSchema): string => `${name}_audit`;

/** A user who may only read the schema. */
export async function readerOf(schema: FreshSchema): Promise<SchemaAccess> {
  const { primary, caFile } = sharedServers();
  const user = userOf(schema);
  const password = schema.name;
  await schema.admin.query(`CREATE USER ?@'127.0.0.1' IDENTIFIED BY ? REQUIRE SSL`, [user, password]);
  await schema.admin.query(`GRANT SELECT ON \`${schema.name.replaceAll('_', '\\_')}\`.* TO ?@'127.0.0.1'`, [user]);
  return { ...primary, database: schema.name, user, password, ca: await readFile(caFile, 'utf8') };
}

/** Takes the user away again. */
export async function dropReader(schema: FreshSchema): Promise<void> {
  await schema.admin.query(`DROP USER ?@'127.0.0.1'`, [userOf(schema)]);
}
