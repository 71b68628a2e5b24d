import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { hashPassword } from '@onsale/auth/passwords';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { writePrivateJson } from '../data-folder.ts';

const schema = z.object({ email: z.string(), password: z.string() });

/** Who may change the catalogue of the local platform. */
export type Admin = z.infer<typeof schema>;

const passwordBytes = 18;

function readAdmin(file: string): Admin | undefined {
  return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

async function isStored(connection: Connection, { email }: Admin): Promise<boolean> {
  const [rows] = await connection.query<RowDataPacket[]>("SELECT 1 FROM users WHERE email = ? AND role = 'admin'", [
    email,
  ]);
  return rows.length > 0;
}

/** The admin of this data folder. The password is made at the first start and kept in the file, for this user alone. */
export async function ensureAdmin(connection: Connection, file: string): Promise<Admin> {
  const kept = readAdmin(file);
  if (kept && (await isStored(connection, kept))) return kept;
  const admin = kept ?? { email: 'admin@onsale.test', password: randomBytes(passwordBytes).toString('base64url') };
  // Written first: a password that is stored, but that nobody knows, would be of no use.
  writePrivateJson(file, admin);
  await connection.query(
    `INSERT INTO users (id, email, name, password_hash, role, created_at) VALUES ('user-admin', ?, 'Admin', ?, 'admin', NOW(6))
     ON DUPLICATE KEY UPDATE password_hash = VALUES(password_hash), role = 'admin'`,
    [admin.email, await hashPassword(admin.password)],
  );
  return admin;
}
