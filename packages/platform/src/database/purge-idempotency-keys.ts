import type { Database } from './database.ts';
import { purgeRows } from './purge-rows.ts';

/** Removes answers older than so many hours, a bounded piece at a time; answers how many went. */
export function purgeIdempotencyKeys<M>(
  database: Database<M>,
  age: { readonly hours: number },
  signal?: AbortSignal,
): Promise<number> {
  return purgeRows(
    database,
    'purge idempotency keys',
    'DELETE FROM idempotency_keys WHERE created_at < NOW(6) - INTERVAL :hours HOUR ORDER BY created_at LIMIT :piece',
    { hours: age.hours },
    signal,
  );
}
