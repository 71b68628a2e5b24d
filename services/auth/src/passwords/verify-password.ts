import { timingSafeEqual } from 'node:crypto';
import { deriveKey } from './derive-key.ts';

const ENCODED = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]+)\$([\w-]+)$/;

/** Whether a password is the one behind a stored hash. Throws when the hash is not of the form hashPassword writes. */
export async function verifyPassword(password: string, encoded: string): Promise<boolean> {
  const [, N, r, p, salt, hash] = ENCODED.exec(encoded) ?? [];
  if (salt === undefined || hash === undefined) throw new Error('a stored password hash has an unknown form');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const expected = Buffer.from(hash, 'base64url');
  const actual = await deriveKey(password, Buffer.from(salt, 'base64url'), cost);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
