import type { Database } from '../../database/database.ts';
import { purgeRows } from '../../database/purge-rows.ts';

/**
 * Forgets events handled more than so many days ago, a bounded piece at a time; answers how many went. An event that
 * its topic still holds must not be forgotten: a consumer that reads it again would handle it again.
 */
export function purgeInbox<M>(
  database: Database<M>,
  age: { readonly days: number },
  signal?: AbortSignal,
): Promise<number> {
  return purgeRows(
    database,
    'purge inbox',
    'DELETE FROM inbox WHERE handled_at < NOW(6) - INTERVAL :days DAY ORDER BY handled_at, consumer, event_id LIMIT :piece',
    { days: age.days },
    signal,
  );
}
