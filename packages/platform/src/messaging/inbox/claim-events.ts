import type { Tx } from '../../database/database.ts';
import { RetryTransactionError } from '../../database/retry-transaction-error.ts';

/**
 * The inbox: which of the events this consumer has not handled before. They are claimed by the transaction, so call it
 * in the one of the effect, and do the effect for those alone.
 * @throws RetryTransactionError when another transaction claims one of them at the same moment
 */
export async function claimEvents<M>(
  tx: Tx<M>,
  consumer: string,
  eventIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (eventIds.length === 0) return new Set();
  const handled = await tx.rows<{ id: string }>(
    'SELECT event_id AS id FROM inbox WHERE consumer = :consumer AND event_id IN (:eventIds)',
    { consumer, eventIds: [...new Set(eventIds)] },
  );
  const before = new Set(handled.map(({ id }) => id));
  // In one order, so that two that claim the same wait for each other instead of locking each other out.
  const fresh = [...new Set(eventIds)].filter((id) => !before.has(id)).sort();
  if (fresh.length === 0) return new Set();
  // Unlike IGNORE, this lets no other error pass, and a row that is there already counts as none.
  const claimed = await tx.change(
    `INSERT INTO inbox (consumer, event_id) VALUES :rows
     ON DUPLICATE KEY UPDATE event_id = inbox.event_id`,
    { rows: fresh.map((id) => [consumer, id]) },
  );
  if (claimed !== fresh.length) throw new RetryTransactionError('claimed-elsewhere');
  return new Set(fresh);
}
