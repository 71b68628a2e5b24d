import { balanceChanged, type DomainEvent, type PointEntryKind } from '@onsale/contracts';
import type { Tx } from '@onsale/platform/database';
import type { LockedAccount } from './lock-accounts.ts';

/** A line to be added to the ledger; `amount` in won, negative when points are spent. */
export interface NewEntry {
  readonly id: string;
  readonly userId: string;
  readonly kind: PointEntryKind;
  /** What caused it (an order's or a charge's id): one entry per kind and reference. */
  readonly reference: string;
  readonly amount: number;
}

export interface PostEntries {
  readonly entries: readonly NewEntry[];
  /** The rows as {@link lockAccounts} locked them in this transaction. */
  readonly locked: ReadonlyMap<string, LockedAccount>;
  readonly now: Date;
  readonly nextId: () => string;
  /** The service that says so in the events. */
  readonly source: string;
}

/** An account after the entries were posted. */
export interface PostedAccount {
  readonly userId: string;
  readonly balance: number;
  readonly version: number;
}

interface PostedEntry extends NewEntry {
  readonly balanceAfter: number;
  readonly version: number;
}

/**
 * Adds the entries to the ledger in the order given and brings the balances in line, two statements for any number.
 * An account that would fall below zero, or that changed since it was locked, gives up the whole transaction.
 *
 * @returns the accounts as they are now, and a `balance-changed` event per entry
 */
export async function postEntries(
  tx: Tx,
  { entries, locked, now, nextId, source }: PostEntries,
): Promise<{ accounts: PostedAccount[]; events: DomainEvent[] }> {
  if (entries.length === 0) return { accounts: [], events: [] };
  const posted = runningBalances(entries, locked);
  const accounts = [...new Map(posted.map((entry) => [entry.userId, entry])).values()].map((last) => ({
    userId: last.userId,
    balance: last.balanceAfter,
    version: last.version,
  }));

  const changed = await tx.change(
    `UPDATE JSON_TABLE(:accounts, '$[*]' COLUMNS (
         user_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PATH '$.userId',
         change_by BIGINT PATH '$.change',
         version BIGINT PATH '$.version',
         version_before BIGINT PATH '$.versionBefore')) AS posted
       STRAIGHT_JOIN point_accounts AS account ON account.user_id = posted.user_id
       SET account.balance = account.balance + posted.change_by,
           account.version = posted.version,
           account.updated_at = :now
     WHERE account.version = posted.version_before AND account.balance + posted.change_by >= 0`,
    {
      accounts: JSON.stringify(
        accounts.map(({ userId, balance, version }) => {
          const before = locked.get(userId);
          return { userId, version, change: balance - (before?.balance ?? 0), versionBefore: before?.version };
        }),
      ),
      now,
    },
  );
  if (changed !== accounts.length) {
    throw new Error(`${accounts.length} balances were to change, ${changed} did`);
  }
  await tx.change(
    `INSERT INTO point_entries (id, user_id, kind, reference, amount, balance_after, version, created_at) VALUES :rows`,
    {
      rows: posted.map((entry) => [
        entry.id,
        entry.userId,
        entry.kind,
        entry.reference,
        entry.amount,
        entry.balanceAfter,
        entry.version,
        now,
      ]),
    },
  );
  const events = posted.map((entry) =>
    balanceChanged.create({
      id: nextId(),
      source,
      time: now,
      data: {
        userId: entry.userId,
        balance: entry.balanceAfter,
        version: entry.version,
        entryId: entry.id,
        kind: entry.kind,
        amount: entry.amount,
      },
    }),
  );
  return { accounts, events };
}

function runningBalances(entries: readonly NewEntry[], locked: ReadonlyMap<string, LockedAccount>): PostedEntry[] {
  const running = new Map<string, { balance: number; version: number }>();
  return entries.map((entry) => {
    const before = running.get(entry.userId) ?? locked.get(entry.userId);
    if (before === undefined) throw new Error(`the account of ${entry.userId} is not locked`);
    const after = { balance: before.balance + entry.amount, version: before.version + 1 };
    running.set(entry.userId, after);
    return { ...entry, balanceAfter: after.balance, version: after.version };
  });
}
