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

/** Makes sure that the user has an account to add to: a first charge opens it, with nothing in it. */
export async function openAccount(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.change(
    `INSERT INTO point_accounts (user_id, balance, version, updated_at) VALUES (:userId, 0, 0, :now)
       ON DUPLICATE KEY UPDATE user_id = VALUES(user_id)`,
    { userId, now },
  );
}
