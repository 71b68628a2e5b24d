import { expect, test } from '@jest/globals';
import { provisionReader, provisionSchema } from './provision.ts';

const nobody = { query: async () => [] };

test.each(['', 'Commerce', '1st', 'a`b', "a'b", 'a b', 'a'.repeat(24)])('a schema is not named "%s"', async (name) => {
  await expect(provisionSchema(nobody, name, () => '')).rejects.toThrow(RangeError);
});

test('a user name has at most 32 characters', async () => {
  await expect(provisionReader(nobody, 'a'.repeat(33), [], () => '')).rejects.toThrow(RangeError);
  await expect(provisionReader(nobody, 'a'.repeat(32), [], () => '')).resolves.toMatchObject({ user: 'a'.repeat(32) });
});
