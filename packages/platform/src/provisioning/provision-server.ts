import type { Connection } from 'mysql2/promise';
import { DomainError } from '../domain-error.ts';
import { awaitPrimary } from './await-primary.ts';
import { logsIn, type MysqlServer } from './mysql-server.ts';
import { provisionReader } from './provision-reader.ts';
import { provisionSchema } from './provision-schema.ts';
import type { DatabaseUser, ProvisionTarget } from './provision-target.ts';

/** What a server is to hold. */
export interface ProvisionServer {
  readonly server: MysqlServer;
  /** May create schemas and users. */
  readonly admin: DatabaseUser;
  readonly schemas: readonly string[];
  readonly readers: readonly { readonly user: string; readonly schemas: readonly string[] }[];
  readonly accountHost: string;
  readonly requireTls: boolean;
  passwordOf(user: string): string;
  readonly waitSeconds: number;
  /** Gets one line a step. */
  report(line: string): void;
}

const statementTimeoutMs = 60_000;

/**
 * Waits for the primary, then makes the schemas, their users and the readers. What is there already stays, but for a
 * password that no longer lets its user in: the given one is set, and the one before goes on to be good beside it.
 * @throws DomainError that says what the server did not do
 */
export async function provisionServer(wishes: ProvisionServer): Promise<void> {
  const { server, admin, report } = wishes;
  const connection = await awaitPrimary(server, admin, wishes);
  const target: ProvisionTarget = {
    ...wishes,
    query: (sql, values = []) => rowsOf(connection, sql, values),
    logsIn: (user) => logsIn(server, user),
    passwordChanged: (user) => report(`${user} has a new password; the one before stays good beside it`),
  };
  try {
    await provisionAll(target, wishes);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new DomainError('unavailable', 'mysql-refused', `MySQL did not do it: ${why}`, { cause: error });
  } finally {
    connection.destroy();
  }
}

async function provisionAll(target: ProvisionTarget, { schemas, readers, report }: ProvisionServer): Promise<void> {
  // In the strict mode of the session a backslash in a password is what the driver takes it for.
  await target.query("SET SESSION sql_mode = 'STRICT_TRANS_TABLES'");
  for (const name of schemas) {
    const { app, migration } = await provisionSchema(target, name);
    report(`schema ${name} with ${app.user} and ${migration.user}`);
  }
  for (const { user, schemas: read } of readers) {
    await provisionReader(target, user, read);
    report(`reader ${user} of ${read.join(' and ')}`);
  }
}

async function rowsOf(connection: Connection, sql: string, values: readonly unknown[]) {
  const [result] = await connection.query({ sql, values: [...values], timeout: statementTimeoutMs });
  return Array.isArray(result) ? result.map((row): Record<string, unknown> => ({ ...row })) : [];
}
