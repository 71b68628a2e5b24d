import type { Reading } from './database.ts';
import type { Pool } from './open-pool.ts';
import { readingOf } from './reading-of.ts';
import { selectRows } from './statements.ts';
import { isFinished } from './transaction-handle.ts';

/** The replica does not have a write yet that the reader must see. */
export class StaleReplicaError extends Error {
  override readonly name = 'StaleReplicaError';

  constructor() {
    super('the replica does not have the write yet');
  }
}

/** A replica that keeps up has a write in milliseconds; one that does not is not worth more waiting. */
const waitSeconds = 0.2;

/**
 * Reads on a connection whose server has that GTID. The transaction keeps the wait and the read on one connection; under
 * READ COMMITTED each statement sees what is there when it begins.
 * @throws StaleReplicaError when the replica does not get there in time
 */
export async function readAfter<M, T>(
  replica: { readonly pool: Pool; readonly models: M },
  gtid: string,
  work: (reading: Reading<M>) => Promise<T>,
): Promise<T> {
  const { sequelize } = replica.pool;
  const handle = await sequelize.transaction();
  try {
    const [row] = await selectRows<{ missing: number }>(
      sequelize,
      'SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?) AS missing',
      [gtid, waitSeconds],
      handle,
    );
    if (row?.missing !== 0) throw new StaleReplicaError();
    return await work(readingOf(sequelize, replica.models, handle));
  } finally {
    // Nothing was written: how this ends matters only to the connection, which is dropped if it fails.
    if (!isFinished(handle)) await handle.rollback().catch(() => undefined);
  }
}
