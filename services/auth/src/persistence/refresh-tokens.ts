import type { Tx } from '@onsale/platform/database';

/** A refresh token as it is issued; the token itself is never stored. */
export interface IssuedToken {
  id: string;
  familyId: string;
  userId: string;
  tokenHash: string;
  expiresAt: Date;
}

/** A refresh token as it is found. */
export interface StoredToken {
  familyId: string;
  userId: string;
  usedAt: Date | null;
}

export async function insertRefreshToken(tx: Tx, token: IssuedToken, now: Date): Promise<void> {
  await tx.change(
    `INSERT INTO refresh_tokens (id, family_id, user_id, token_hash, expires_at, created_at)
     VALUES (:id, :familyId, :userId, :tokenHash, :expiresAt, :now)`,
    { ...token, now },
  );
}

/** Uses a live token up. The one statement that decides who of many bearers of a token gets the next one. */
export async function useRefreshToken(tx: Tx, tokenHash: string, now: Date): Promise<boolean> {
  const changed = await tx.change(
    `UPDATE refresh_tokens SET used_at = :now
     WHERE token_hash = :tokenHash AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :now`,
    { tokenHash, now },
  );
  return changed === 1;
}

export async function findRefreshToken(tx: Tx, tokenHash: string): Promise<StoredToken | undefined> {
  const [token] = await tx.rows<StoredToken>(
    'SELECT family_id AS familyId, user_id AS userId, used_at AS usedAt FROM refresh_tokens WHERE token_hash = :tokenHash',
    { tokenHash },
  );
  return token;
}

/**
 * Ends a session. Repeated until nothing changes: a token that a rotation inserted behind the statement's scan is
 * met by the next round, and without a live token in the family nobody can insert another.
 */
export async function revokeFamily(tx: Tx, familyId: string, now: Date): Promise<void> {
  const revoke = () =>
    tx.change('UPDATE refresh_tokens SET revoked_at = :now WHERE family_id = :familyId AND revoked_at IS NULL', {
      familyId,
      now,
    });
  while ((await revoke()) > 0);
}

/** Whether the token was committed; waits for a transaction that still holds its row. */
export async function isRefreshTokenStored(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.rows('SELECT id FROM refresh_tokens WHERE id = :id FOR UPDATE', { id });
  return rows.length === 1;
}

/** Deletes at most `limit` expired tokens; answers how many. */
export async function deleteExpiredTokens(tx: Tx, now: Date, limit: number): Promise<number> {
  return tx.change('DELETE FROM refresh_tokens WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit', {
    now,
    limit,
  });
}
