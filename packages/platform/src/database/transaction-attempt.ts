import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Sequelize, Transaction } from 'sequelize';
import type { ConnectionWatch } from './connection-watch.ts';
import type { Committed, Tx } from './database.ts';
import { databaseFailureOf } from './database-failure.ts';
import type { Pool } from './open-pool.ts';
import { ProgrammingError } from './programming-error.ts';
import { createSerialStatements, type SerialStatements } from './serial-statements.ts';
import { StatementTimeoutError } from './statement-timeout-error.ts';
import { changeRows, selectRows } from './statements.ts';
import { commitTransaction, connectionOf, dropConnection, isFinished } from './transaction-handle.ts';

/** COMMIT was sent and not answered with success: nobody here knows whether it happened. */
export class UnknownOutcomeError extends Error {
  override readonly name = 'UnknownOutcomeError';

  constructor(cause: unknown) {
    super('the answer to COMMIT was lost', { cause });
  }
}

export interface AttemptOptions<M> {
  readonly pool: Pool;
  readonly models: M;
  readonly name: string;
  /** Holds the name of the transaction that the running code is in. */
  readonly inside: AsyncLocalStorage<string>;
  readonly budgetMs: number;
}

/**
 * One BEGIN, the work, one COMMIT. Any error before COMMIT is thrown as it is, after a rollback; a failed COMMIT is an
 * UnknownOutcomeError.
 */
export async function attemptTransaction<M, T>(
  options: AttemptOptions<M>,
  work: (tx: Tx<M>) => Promise<T>,
): Promise<Committed<T>> {
  const { pool, name } = options;
  const handle = await pool.sequelize.transaction();
  const watch = pool.watchOf(connectionOf(handle));
  if (watch === undefined) throw new ProgrammingError('the transaction has a connection that the pool did not make');
  watch.doomed = undefined;
  watch.gtid = undefined;
  watch.deadline = Date.now() + options.budgetMs;
  const statements = createSerialStatements(watch);
  try {
    const value = await options.inside.run(name, () => work(txOf(options, handle, statements)));
    assertCommittable(watch, statements, name);
    // COMMIT gets a statement's whole time: cut short, it would leave a question.
    watch.deadline = undefined;
    await commit(handle, pool.sequelize);
    return watch.gtid === undefined ? { value } : { value, gtid: watch.gtid };
  } catch (error) {
    if (error instanceof UnknownOutcomeError) throw error;
    await rollBack(handle, watch);
    throw error;
  } finally {
    watch.deadline = undefined;
  }
}

function txOf<M>({ pool, models, name }: AttemptOptions<M>, handle: Transaction, statements: SerialStatements): Tx<M> {
  const { sequelize } = pool;
  return {
    sequelize,
    models,
    name,
    handle,
    rows: (sql, values) => statements.run(() => selectRows(sequelize, sql, values, handle)),
    change: (sql, values) => statements.run(() => changeRows(sequelize, sql, values, handle)),
  };
}

/** A lock wait that timed out undid only its statement: work that swallowed the error must not commit the rest. */
function assertCommittable(watch: ConnectionWatch, statements: SerialStatements, name: string): void {
  if (watch.doomed !== undefined) throw watch.doomed;
  if (watch.deadline !== undefined && Date.now() > watch.deadline) throw new StatementTimeoutError();
  if (watch.running || statements.running) {
    throw new ProgrammingError(`transaction ${name} ended before its last statement did`);
  }
}

async function commit(handle: Transaction, sequelize: Sequelize): Promise<void> {
  try {
    await commitTransaction(handle, sequelize);
  } catch (error) {
    throw new UnknownOutcomeError(error);
  }
}

async function rollBack(handle: Transaction, watch: ConnectionWatch): Promise<void> {
  if (isFinished(handle)) return;
  watch.deadline = undefined;
  // The server rolls back what a lost connection had begun.
  const end = databaseFailureOf(watch.doomed) === 'connection-lost' ? dropConnection(handle) : handle.rollback();
  await end.catch(() => undefined);
}
