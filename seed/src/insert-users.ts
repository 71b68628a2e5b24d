import type { Connection, RowDataPacket } from 'mysql2/promise';
import { DEMO_PASSWORD_HASH } from './demo-password.ts';
import { seedUser } from './seed-users.ts';

const batchSize = 2_000;

async function seededCount(connection: Connection, count: number): Promise<number> {
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT COUNT(*) AS present FROM users WHERE id BETWEEN ? AND ?',
    [seedUser(1).id, seedUser(count).id],
  );
  return Number(rows[0]?.present ?? 0);
}

/** Adds the first `count` seeded users; those that are there stay as they are. Gives how many were added. */
export async function insertUsers(connection: Connection, count: number, now: Date): Promise<number> {
  const present = count === 0 ? 0 : await seededCount(connection, count);
  if (present === count) return 0;
  for (let first = 1; first <= count; first += batchSize) {
    const size = Math.min(batchSize, count - first + 1);
    const users = Array.from({ length: size }, (_, index) => seedUser(first + index));
    await connection.query('INSERT IGNORE INTO users (id, email, name, password_hash, role, created_at) VALUES ?', [
      users.map(({ id, email, name }) => [id, email, name, DEMO_PASSWORD_HASH, 'user', now]),
    ]);
  }
  return count - present;
}
