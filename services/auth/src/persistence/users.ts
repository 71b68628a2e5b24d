import type { Role } from '@onsale/contracts';
import type { Reading, Tx } from '@onsale/platform/database';

/** An account, as it is stored. */
export interface User {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
  role: Role;
}

const COLUMNS = 'id, email, name, password_hash AS passwordHash, role';

/** Inserts an account; false when its address has one. The unique key decides, so no error ends the transaction. */
export async function insertUser(tx: Tx, user: User, now: Date): Promise<boolean> {
  const changed = await tx.change(
    `INSERT INTO users (id, email, name, password_hash, role, created_at)
     VALUES (:id, :email, :name, :passwordHash, :role, :now) ON DUPLICATE KEY UPDATE id = users.id`,
    { ...user, now },
  );
  return changed === 1;
}

export async function findUserByEmail(reading: Reading, email: string): Promise<User | undefined> {
  const [user] = await reading.rows<User>(`SELECT ${COLUMNS} FROM users WHERE email = :email`, { email });
  return user;
}

export async function findUser(reading: Reading, id: string): Promise<User | undefined> {
  const [user] = await reading.rows<User>(`SELECT ${COLUMNS} FROM users WHERE id = :id`, { id });
  return user;
}

/** Whether the account was committed; waits for a transaction that still holds its row. */
export async function isUserStored(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.rows('SELECT id FROM users WHERE id = :id FOR UPDATE', { id });
  return rows.length === 1;
}
