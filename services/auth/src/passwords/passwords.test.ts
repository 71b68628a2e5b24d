import { describe, expect, test } from '@jest/globals';
import { hashPassword } from './hash-password.ts';
import { verifyPassword } from './verify-password.ts';

const CHEAP = { N: 16, r: 1, p: 1 };

describe('a password hash', () => {
  test('carries its cost, a salt of its own and matches its password only', async () => {
    const [first, second] = await Promise.all([
      hashPassword('correct horse', CHEAP),
      hashPassword('correct horse', CHEAP),
    ]);
    expect(first).toMatch(/^scrypt\$16\$1\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(second).not.toBe(first);
    expect(await verifyPassword('correct horse', first)).toBe(true);
    expect(await verifyPassword('correct horsE', first)).toBe(false);
  });

  test('takes 32 MiB and three passes unless told otherwise', async () => {
    const hash = await hashPassword('correct horse');
    expect(hash).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(await verifyPassword('correct horse', hash)).toBe(true);
  });

  test('is the same however the letters are composed', async () => {
    expect(await verifyPassword('cafe\u0301 한글', await hashPassword('café 한글'.normalize('NFC'), CHEAP))).toBe(true);
  });

  test.each(['', 'plain', 'scrypt$16$1$1$salt', 'bcrypt$16$1$1$c2FsdA$aGFzaA'])(
    'of unknown form is an error: %s',
    async (hash) => {
      await expect(verifyPassword('x', hash)).rejects.toThrow('unknown form');
    },
  );
});
