import type { Tx } from '@onsale/platform/database';

/** An account whose row this transaction holds. */
export interface LockedAccount {
  readonly userId: string;
  readonly balance: number;
  readonly version: number;
}

/** Locks the accounts in user id order; a user who never charged has none and is absent from the answer. */
export async function lockAccounts(tx: Tx, userIds: readonly string[]): Promise<Map<string, LockedAccount>> {
  const rows = await tx.rows<LockedAccount>(
    `SELECT user_id AS userId, balance, version
       FROM point_accounts WHERE user_id IN (:ids) ORDER BY user_id FOR UPDATE`,
    { ids: [...new Set(userIds)].sort() },
  );
  return new Map(rows.map((row) => [row.userId, row]));
}

/** Locks the user's account; one who has none gets it, with nothing in it. */
export async function lockOrOpenAccount(tx: Tx, userId: string, now: Date): Promise<Map<string, LockedAccount>> {
  const locked = await lockAccounts(tx, [userId]);
  if (locked.has(userId)) return locked;
  // Two first charges may get here at once: the second waits for the first to commit, and then finds its account.
  await tx.change(
    `INSERT INTO point_accounts (user_id, balance, version, updated_at) VALUES (:userId, 0, 0, :now)
       ON DUPLICATE KEY UPDATE user_id = VALUES(user_id)`,
    { userId, now },
  );
  return lockAccounts(tx, [userId]);
}
