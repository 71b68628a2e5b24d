import { AsyncLocalStorage } from 'node:async_hooks';
import type { Registry } from 'prom-client';
import type { Sequelize } from 'sequelize';
import type { AcknowledgedWrites } from '../redis/acknowledged-writes.ts';
import type { RecentWrites } from '../redis/recent-writes.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import type { Database, Reading } from './database.ts';
import type { DatabaseConfig } from './database-config.ts';
import { openDedicatedConnection } from './dedicated-connection.ts';
import { createGtidTracking } from './gtid-tracking.ts';
import { firstPending, migrateSchema } from './migrate-schema.ts';
import type { Migrations } from './migrations.ts';
import { openMigrationPool, openPools } from './open-pools.ts';
import { primaryTarget } from './pool-target.ts';
import { watchPrimary } from './primary-monitor.ts';
import { ProgrammingError } from './programming-error.ts';
import { readingOf } from './reading-of.ts';
import { createReads } from './reads.ts';
import { watchReplica } from './replica-monitor.ts';
import { createServerRoles } from './server-roles.ts';
import { selectRows } from './statements.ts';
import { createTransactionRunner } from './transaction.ts';
import { createTransactionMetrics } from './transaction-metrics.ts';
import { unavailableError } from './unavailable-error.ts';

export interface DatabaseOptions<M> {
  readonly config: DatabaseConfig;
  readonly log: Logger;
  readonly metrics: Registry;
  /** Spreads retries; Math.random unless given. */
  readonly random?: () => number;
  /** Without it, reads `after` a user's writes go to the primary. */
  readonly recentWrites?: RecentWrites;
  /** Without it, a promotion after a loss of the primary cannot tell what was acknowledged. */
  readonly acknowledged?: Pick<AcknowledgedWrites, 'note'>;
  readonly migrations?: Migrations;
  /** Defines the models; called once for each connection pool. */
  readonly models?: (sequelize: Sequelize) => M;
}

/**
 * Opens no connection yet, but for the one that watches the replica: the first statement does. `M` is what
 * `models` makes.
 */
export function openDatabase<M = undefined>(options: DatabaseOptions<M>): Database<M>;
export function openDatabase<M>(options: DatabaseOptions<M>): Database<M | undefined> {
  const { config, log, metrics, models } = options;
  const tracking = createGtidTracking();
  const roles = createServerRoles({ config, log });
  const pools = openPools(config, roles, tracking);
  const modelsOf = (sequelize: Sequelize) => models?.(sequelize);
  const writer = { pool: pools.writer, models: modelsOf(pools.writer.sequelize) };
  const fallback = { pool: pools.fallback, models: modelsOf(pools.fallback.sequelize) };
  const inside = new AsyncLocalStorage<string>();
  const transaction = createTransactionRunner({
    ...writer,
    inside,
    budgetMs: config.DB_TRANSACTION_BUDGET_MS,
    log,
    metrics: createTransactionMetrics(metrics),
    random: options.random ?? Math.random,
    acknowledged: options.acknowledged,
  });
  const primary = watchPrimary(pools.fallback, { roles, log, metrics });
  const replica = pools.replica && {
    pool: pools.replica.reader,
    models: modelsOf(pools.replica.reader.sequelize),
    monitor: watchReplica(pools.replica.monitor, { log, metrics }),
  };
  const reads =
    replica &&
    createReads({
      config,
      log,
      metrics,
      replica,
      fallback,
      recentWrites: options.recentWrites,
      tracksGtids: () => tracking.works,
    });

  const readDirectly = async <T>(pool: typeof writer, work: (reading: Reading<M | undefined>) => Promise<T>) => {
    try {
      return await work(readingOf(pool.pool.sequelize, pool.models));
    } catch (error) {
      throw unavailableError(error) ?? error;
    }
  };
  const refuseInside = (what: string) => {
    const transactionName = inside.getStore();
    if (transactionName === undefined) return;
    throw new ProgrammingError(
      `${what} inside transaction ${transactionName}: what it sees must not decide anything there`,
    );
  };

  // Migrations only go forward: a schema that was current stays so for this code.
  let current = false;
  return {
    name: config.DB_NAME,
    transaction,
    async read(work, readOptions = {}) {
      refuseInside('read()');
      return reads === undefined ? readDirectly(fallback, work) : reads.read(work, readOptions);
    },
    async readPrimary(work) {
      refuseInside('readPrimary()');
      return readDirectly(writer, work);
    },
    async migrate() {
      const pool = openMigrationPool(config, roles);
      try {
        await migrateSchema({ sequelize: pool.sequelize, schema: config.DB_NAME, migrations: options.migrations, log });
      } finally {
        await pool.sequelize.close();
      }
    },
    async assertMigrated() {
      if (current) return;
      const pending = await firstPending(pools.fallback.sequelize, config.DB_NAME, options.migrations);
      if (pending !== undefined) throw new Error(`schema ${config.DB_NAME} has not had migration ${pending}`);
      current = true;
    },
    async ping() {
      await selectRows(pools.fallback.sequelize, 'SELECT 1', undefined);
    },
    dedicate: () => openDedicatedConnection(config, primaryTarget(roles)),
    async close() {
      primary.stop();
      replica?.monitor.stop();
      reads?.stop();
      await pools.close();
    },
  };
}
