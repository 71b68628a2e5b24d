import { randomBytes } from 'node:crypto';
import { deriveKey, type ScryptCost } from './derive-key.ts';

const SALT_BYTES = 16;

/** OWASP's password storage advice for scrypt at 32 MiB a hash. */
const COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };

/**
 * Hashes a password for storage: `scrypt$N$r$p$salt$hash`, salt and hash in base64url. The cost travels with the hash,
 * so that it can be raised without touching stored rows.
 */
export async function hashPassword(password: string, cost: ScryptCost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await deriveKey(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}
