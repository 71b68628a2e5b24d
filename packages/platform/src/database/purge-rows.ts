import type { Database } from './database.ts';

/** Small enough that the transaction of a piece holds its locks for milliseconds. */
const piece = 500;

/**
 * Deletes what matches, a piece per transaction, until nothing is left or the signal aborts.
 * @param statement a DELETE that ends in `LIMIT :piece`
 * @returns how many rows went
 */
export async function purgeRows<M>(
  database: Database<M>,
  name: string,
  statement: string,
  values: Readonly<Record<string, number>>,
  signal?: AbortSignal,
): Promise<number> {
  let removed = 0;
  while (signal?.aborted !== true) {
    const { value } = await database.transaction(name, (tx) => tx.change(statement, { ...values, piece }));
    removed += value;
    if (value < piece) break;
  }
  return removed;
}
