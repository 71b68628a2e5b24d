import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Admin } from '@onsale/seed';
import { z } from 'zod';
import { writePrivateJson } from '../data-folder.ts';

const schema = z.object({ email: z.string(), password: z.string() });

const passwordBytes = 18;

/**
 * The admin of this data folder. The password is made at the first start and kept in the file, for this user alone;
 * that is before it is stored anywhere else: a password that nobody knows would be of no use.
 */
export function ensureAdminFile(file: string): Admin {
  if (existsSync(file)) return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const admin = { email: 'admin@onsale.test', password: randomBytes(passwordBytes).toString('base64url') };
  writePrivateJson(file, admin);
  return admin;
}
