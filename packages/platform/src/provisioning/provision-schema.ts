import { ensureUser } from './ensure-user.ts';
import { grant } from './grant.ts';
import type { DatabaseUser, ProvisionTarget } from './provision-target.ts';
import { assertName, longestSchemaName, tablesOf, usersOf } from './schema-names.ts';

export interface SchemaAccess {
  readonly database: string;
  /** Reads and writes rows of this schema, and may see the replication status; nothing else. */
  readonly app: DatabaseUser;
  /** Changes the tables of this schema too. */
  readonly migration: DatabaseUser;
}

const rows = 'SELECT, INSERT, UPDATE, DELETE';
const tables = 'CREATE, ALTER, DROP, INDEX, REFERENCES, CREATE VIEW, SHOW VIEW, TRIGGER, LOCK TABLES';

/**
 * Creates the schema and its two users; doing it again changes nothing.
 * @throws RangeError for a name that is not a-z, 0-9 and _, or has more than 23 characters
 */
export async function provisionSchema(target: ProvisionTarget, name: string): Promise<SchemaAccess> {
  assertName(name, longestSchemaName);
  const users = usersOf(name);
  await target.query(`CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4`);
  const app = await ensureUser(target, users.app);
  await grant(target, rows, tablesOf(name), app);
  await grant(target, 'REPLICATION CLIENT', '*.*', app);
  const migration = await ensureUser(target, users.migration);
  await grant(target, `${rows}, ${tables}`, tablesOf(name), migration);
  return { database: name, app, migration };
}
