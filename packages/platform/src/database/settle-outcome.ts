import { setTimeout as delay } from 'node:timers/promises';
import type { Tx } from './database.ts';
import { latestGtid } from './latest-gtid.ts';
import { type AttemptOptions, attemptTransaction } from './transaction-attempt.ts';

export type Settled<T> =
  | { readonly known: 'committed'; readonly value: T; readonly gtid: string | undefined }
  | { readonly known: 'not-committed' }
  | { readonly known: 'nothing' };

/** How long to look for the outcome: the client's own patience is not much longer. */
const patienceMs = 3000;

/**
 * Finds out, on other connections, whether a transaction whose COMMIT was not answered happened. The locking reads of
 * `settle` wait for that transaction if it still lives, so that what they see is final.
 */
export async function settleOutcome<M, T>(
  attempt: AttemptOptions<M>,
  settle: ((tx: Tx<M>) => Promise<T | undefined>) | undefined,
): Promise<Settled<T>> {
  if (settle === undefined) return { known: 'nothing' };
  const ended = new AbortController();
  const patience = delay<Settled<T>>(patienceMs, { known: 'nothing' }, { signal: ended.signal });
  try {
    return await Promise.race([askUntilKnown(attempt, settle, ended.signal), patience]);
  } finally {
    ended.abort();
  }
}

async function askUntilKnown<M, T>(
  attempt: AttemptOptions<M>,
  settle: (tx: Tx<M>) => Promise<T | undefined>,
  signal: AbortSignal,
): Promise<Settled<T>> {
  const settling = { ...attempt, name: `${attempt.name} settle`, budgetMs: patienceMs };
  while (!signal.aborted) {
    try {
      const { value: found } = await attemptTransaction(settling, async (tx) => {
        const value = await settle(tx);
        return value === undefined ? undefined : { value, gtid: await latestGtid(tx) };
      });
      return found === undefined ? { known: 'not-committed' } : { known: 'committed', ...found };
    } catch {
      // Whatever went wrong, the outcome is as unknown as before; the next try may have a better connection.
      await delay(50);
    }
  }
  return { known: 'nothing' };
}
