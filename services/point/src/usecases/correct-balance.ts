import type { Database } from '@onsale/platform/database';
import type { Cache } from '@onsale/platform/redis';
import { findAccount } from '../persistence/find-account.ts';
import { recallBalance, rememberBalances } from '../persistence/remembered-balance.ts';

interface CorrectBalance {
  readonly database: Database;
  readonly cache: Cache;
}

interface Change {
  readonly userId: string;
  readonly version: number;
}

/**
 * Sees to it that the remembered balance is not older than the change, though whoever made it may have died before it
 * remembered it. Mostly that is one look. Else the primary is asked and not the event believed: one that comes late, or
 * once more, would show an old balance where nothing is remembered any longer.
 */
export const correctBalance =
  ({ database, cache }: CorrectBalance) =>
  async ({ userId, version }: Change): Promise<void> => {
    const remembered = await recallBalance(cache, userId);
    if (remembered !== undefined && remembered.version >= version) return;
    const account = await database.readPrimary((reading) => findAccount(reading, userId));
    if (account !== undefined) await rememberBalances(cache, [account]);
  };
