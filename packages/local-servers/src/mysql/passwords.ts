import { createHmac, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';

export type PasswordOf = (user: string) => string;

/** Passwords that differ by user and are the same at every start; they derive from a random secret in the data folder. */
export async function openPasswords(secretFile: string): Promise<PasswordOf> {
  let secret = await readFile(secretFile, 'utf8').catch(() => '');
  if (!secret) {
    secret = randomBytes(32).toString('hex');
    await writeFile(`${secretFile}.partial`, secret, { mode: 0o600 });
    await rename(`${secretFile}.partial`, secretFile);
  }
  // A replication user's password may have 32 characters at most.
  return (user) => createHmac('sha256', secret).update(user).digest('base64url').slice(0, 32);
}
