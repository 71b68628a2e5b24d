import type { Database } from '../../database/database.ts';
import { purgeRows } from '../../database/purge-rows.ts';

/** Removes events sent more than so many days ago, a bounded piece at a time; answers how many went. */
export function purgeOutbox<M>(
  database: Database<M>,
  age: { readonly days: number },
  signal?: AbortSignal,
): Promise<number> {
  return purgeRows(
    database,
    'purge outbox',
    'DELETE FROM outbox WHERE sent_at < NOW(6) - INTERVAL :days DAY ORDER BY sent_at, id LIMIT :piece',
    { days: age.days },
    signal,
  );
}
