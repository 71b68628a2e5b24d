import type { PointEntry, PointEntryKind } from '@onsale/contracts';
import type { Database } from '@onsale/platform/database';
import type { Cache } from '@onsale/platform/redis';
import { findAccount } from '../persistence/find-account.ts';
import { recallBalance, rememberBalances } from '../persistence/remembered-balance.ts';

interface ReadPoints {
  readonly database: Database;
  readonly cache: Cache;
}

/** A user's balance in won, their own last change included; one who never charged has 0. */
export const getBalance =
  ({ database, cache }: ReadPoints) =>
  async (userId: string): Promise<number> => {
    const remembered = await recallBalance(cache, userId);
    if (remembered !== undefined) return remembered.balance;
    const account = await database.read((reading) => findAccount(reading, userId), { after: userId });
    if (account === undefined) return 0;
    await rememberBalances(cache, [account]);
    return account.balance;
  };

interface EntryRow {
  readonly id: string;
  readonly kind: PointEntryKind;
  readonly reference: string;
  readonly amount: number;
  readonly balanceAfter: number;
  readonly version: number;
  readonly createdAt: Date;
}

interface ListEntries {
  readonly userId: string;
  readonly limit: number;
  /** The version below which the page begins. */
  readonly before: number | undefined;
}

/** A user's ledger, the newest entry first; `next` is the version below which the page after this one begins. */
export const listEntries =
  ({ database }: Pick<ReadPoints, 'database'>) =>
  async ({ userId, limit, before }: ListEntries): Promise<{ items: PointEntry[]; next?: number }> => {
    const rows = await database.read(
      (reading) =>
        reading.rows<EntryRow>(
          `SELECT id, kind, reference, amount, balance_after AS balanceAfter, version, created_at AS createdAt
             FROM point_entries
            WHERE user_id = :userId ${before === undefined ? '' : 'AND version < :before'}
            ORDER BY version DESC LIMIT :limit`,
          { userId, limit: limit + 1, ...(before !== undefined && { before }) },
        ),
      { after: userId },
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const items = page.map(({ version: _, createdAt, ...entry }) => ({ ...entry, createdAt: createdAt.toISOString() }));
    return rows.length > limit && last !== undefined ? { items, next: last.version } : { items };
  };
