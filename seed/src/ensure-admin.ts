import { hashPassword, verifyPassword } from '@onsale/auth/passwords';
import type { Connection, RowDataPacket } from 'mysql2/promise';

/** Who may change the catalogue. */
export interface Admin {
  readonly email: string;
  readonly password: string;
}

/** What had to be done about the admin. */
export type AdminOutcome = 'made' | 'changed' | 'kept';

const seededId = 'user-admin';

/**
 * Sees to it that the admin can log in with this e-mail address and password. An account of that address becomes the
 * admin's, and the sessions that it had end; without one, the admin that was made here before gets the address.
 */
export async function ensureAdmin(connection: Connection, admin: Admin): Promise<AdminOutcome> {
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT id, email, role, password_hash AS hash FROM users WHERE email = ? OR id = ? FOR UPDATE',
    [admin.email, seededId],
  );
  const account = rows.find(({ email }) => email === admin.email) ?? rows[0];
  if (account === undefined) {
    await connection.query(
      `INSERT INTO users (id, email, name, password_hash, role, created_at) VALUES (?, ?, 'Admin', ?, 'admin', NOW(6))`,
      [seededId, admin.email, await hashPassword(admin.password)],
    );
    return 'made';
  }
  const fits = await verifyPassword(admin.password, String(account.hash));
  if (fits && account.email === admin.email && account.role === 'admin') return 'kept';
  await connection.query("UPDATE users SET email = ?, role = 'admin', password_hash = ? WHERE id = ?", [
    admin.email,
    fits ? account.hash : await hashPassword(admin.password),
    account.id,
  ]);
  await connection.query('UPDATE refresh_tokens SET revoked_at = NOW(6) WHERE user_id = ? AND revoked_at IS NULL', [
    account.id,
  ]);
  return 'changed';
}
