import { createHash } from 'node:crypto';
import type { Sequelize } from 'sequelize';
import { Umzug } from 'umzug';
import type { Logger } from '../telemetry/create-logger.ts';
import { listMigrations, type MigrationFile, platformMigrations } from './list-migrations.ts';
import type { Migrations, RunSql } from './migrations.ts';
import { changeRows, selectRows } from './statements.ts';

/** How long one process waits for another that is migrating. */
const lockWaitSeconds = 60;

export interface MigrateOptions {
  /** Exactly one connection, since the lock belongs to it. */
  readonly sequelize: Sequelize;
  readonly schema: string;
  readonly migrations: Migrations | undefined;
  readonly log: Logger;
}

/**
 * Applies what the schema has not had, under a lock so that several processes may do so at once. MySQL commits each
 * DDL statement by itself, so a migration that fails half-way is run again: its statements must allow for that.
 */
export async function migrateSchema({ sequelize, schema, migrations, log }: MigrateOptions): Promise<void> {
  const runSql: RunSql = async (statement) => {
    await sequelize.query(statement);
  };
  const lock = lockName(schema);
  const [had] = await selectRows<{ granted: number | null }>(sequelize, 'SELECT GET_LOCK(:lock, :seconds) AS granted', {
    lock,
    seconds: lockWaitSeconds,
  });
  if (had?.granted !== 1) throw new Error(`schema ${schema}: another process has been migrating for too long`);
  try {
    await runSql(`CREATE TABLE IF NOT EXISTS migrations (
      name VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      applied_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
    ) ENGINE = InnoDB`);
    await umzugFor(await filesOf(migrations), sequelize, runSql, log).up();
  } finally {
    await selectRows(sequelize, 'SELECT RELEASE_LOCK(:lock) AS released', { lock });
  }
}

/** The first migration that the schema has not had; undefined when it is current. */
export async function firstPending(
  sequelize: Sequelize,
  schema: string,
  migrations: Migrations | undefined,
): Promise<string | undefined> {
  const [table] = await selectRows(
    sequelize,
    'SELECT 1 FROM information_schema.tables WHERE table_schema = :schema AND table_name = :table',
    { schema, table: 'migrations' },
  );
  const applied = new Set(table === undefined ? [] : await appliedNames(sequelize));
  return (await filesOf(migrations)).find(({ name }) => !applied.has(name))?.name;
}

async function filesOf(migrations: Migrations | undefined): Promise<MigrationFile[]> {
  return [...(await listMigrations(platformMigrations)), ...(migrations ? await listMigrations(migrations) : [])];
}

async function appliedNames(sequelize: Sequelize): Promise<string[]> {
  const rows = await selectRows<{ name: string }>(sequelize, 'SELECT name FROM migrations ORDER BY name', undefined);
  return rows.map(({ name }) => name);
}

function umzugFor(files: readonly MigrationFile[], sequelize: Sequelize, runSql: RunSql, log: Logger) {
  return new Umzug({
    migrations: files.map(({ name, url }) => ({
      name,
      up: async () => {
        const module: unknown = await import(url.href);
        await upOf(module, name)(runSql);
        log.info({ migration: name }, 'migrated');
      },
    })),
    storage: {
      executed: () => appliedNames(sequelize),
      logMigration: async ({ name }) => {
        await changeRows(sequelize, 'INSERT INTO migrations (name) VALUES (:name)', { name });
      },
      unlogMigration: () => Promise.reject(new Error('migrations only go forward')),
    },
    logger: undefined,
  });
}

type Up = (sql: RunSql) => Promise<void>;

function upOf(module: unknown, name: string): Up {
  const up: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, 'up') : undefined;
  if (!isUp(up)) throw new Error(`migration ${name} does not export the function up`);
  return up;
}

function isUp(value: unknown): value is Up {
  return typeof value === 'function';
}

/** Lock names are the server's, not the schema's, and 64 characters at most. */
function lockName(schema: string): string {
  const name = `migrate:${schema}`;
  return name.length <= 64 ? name : `migrate:${createHash('sha256').update(schema).digest('hex').slice(0, 48)}`;
}
