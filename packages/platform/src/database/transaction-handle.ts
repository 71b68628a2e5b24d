import type { Sequelize, Transaction } from 'sequelize';

// What Sequelize 6.37.8 knows of a transaction and does not tell by its types.

/** The connection that the transaction runs on; undefined once it was given back. */
export function connectionOf(handle: Transaction): unknown {
  return Reflect.get(handle, 'connection');
}

/** Committed or rolled back; Sequelize itself rolls back after a deadlock. */
export function isFinished(handle: Transaction): boolean {
  return Reflect.get(handle, 'finished') !== undefined;
}

/** Commits. Sequelize's own commit() would write a failure to the console; afterCommit hooks are not run. */
export async function commitTransaction(handle: Transaction, sequelize: Sequelize): Promise<void> {
  try {
    await sequelize.query('COMMIT', { transaction: handle });
    await call(handle, 'cleanup');
  } catch (error) {
    await dropConnection(handle);
    throw error;
  } finally {
    Reflect.set(handle, 'finished', 'commit');
  }
}

/** Ends the transaction by dropping its connection. A rollback over a lost connection would be refused, aloud. */
export function dropConnection(handle: Transaction): Promise<void> {
  return call(handle, 'forceCleanup');
}

async function call(handle: Transaction, method: 'cleanup' | 'forceCleanup'): Promise<void> {
  const own: unknown = Reflect.get(handle, method);
  if (typeof own !== 'function') throw new Error(`this Sequelize has no Transaction.${method}`);
  await Reflect.apply(own, handle, []);
}
