import type { Database } from '@onsale/platform/database';
import { deleteExpiredTokens } from '../persistence/refresh-tokens.ts';

const BATCH = 1000;

/** Deletes expired refresh tokens in small transactions until none is left or the signal aborts; answers how many. */
export async function purgeRefreshTokens(database: Database, now: Date, signal: AbortSignal): Promise<number> {
  let purged = 0;
  while (!signal.aborted) {
    const { value } = await database.transaction('purge-refresh-tokens', (tx) => deleteExpiredTokens(tx, now, BATCH));
    purged += value;
    if (value < BATCH) break;
  }
  return purged;
}
