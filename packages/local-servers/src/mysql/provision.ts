import type { DatabaseUser, SchemaAccess } from '../local-servers.ts';
import { accountHost } from './accounts.ts';
import type { MysqlClient } from './mysql-client.ts';
import type { PasswordOf } from './passwords.ts';

const rows = 'SELECT, INSERT, UPDATE, DELETE';
const tables = 'CREATE, ALTER, DROP, INDEX, REFERENCES, CREATE VIEW, SHOW VIEW, TRIGGER, LOCK TABLES';

function assertName(name: string, longest: number): void {
  // A longer user name than 32 characters is refused by MySQL; '_migrator' is added to a schema's.
  if (!/^[a-z][a-z0-9_]*$/.test(name) || name.length > longest) {
    throw new RangeError(
      `"${name}" must be a-z, 0-9 and _, start with a letter, and have at most ${longest} characters`,
    );
  }
}

/** In a grant an underscore would stand for any character. */
const inGrant = (schema: string) => `\`${schema.replaceAll('_', '\\_')}\`.*`;

async function ensureUser(primary: MysqlClient, user: string, passwordOf: PasswordOf): Promise<DatabaseUser> {
  const password = passwordOf(user);
  await primary.query('CREATE USER IF NOT EXISTS ?@? IDENTIFIED BY ? REQUIRE SSL', [user, accountHost, password]);
  return { user, password };
}

function grant(primary: MysqlClient, rights: string, on: string, to: DatabaseUser): Promise<unknown> {
  return primary.query(`GRANT ${rights} ON ${on} TO ?@?`, [to.user, accountHost]);
}

/** See MysqlPair.provisionSchema. */
export async function provisionSchema(
  primary: MysqlClient,
  name: string,
  passwordOf: PasswordOf,
): Promise<SchemaAccess> {
  assertName(name, 23);
  await primary.query(`CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4`);
  const app = await ensureUser(primary, `${name}_app`, passwordOf);
  await grant(primary, rows, inGrant(name), app);
  await grant(primary, 'REPLICATION CLIENT', '*.*', app);
  const migration = await ensureUser(primary, `${name}_migrator`, passwordOf);
  await grant(primary, `${rows}, ${tables}`, inGrant(name), migration);
  return { database: name, app, migration };
}

/** See MysqlPair.provisionReader. */
export async function provisionReader(
  primary: MysqlClient,
  user: string,
  schemas: readonly string[],
  passwordOf: PasswordOf,
): Promise<DatabaseUser> {
  assertName(user, 32);
  const reader = await ensureUser(primary, user, passwordOf);
  await grant(primary, 'REPLICATION CLIENT', '*.*', reader);
  for (const schema of schemas) {
    assertName(schema, 64);
    await grant(primary, 'SELECT', inGrant(schema), reader);
  }
  return reader;
}
