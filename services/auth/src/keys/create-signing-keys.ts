import { createSigningKey } from './signing-key.ts';
import { writeSigningKeys } from './write-signing-keys.ts';

/** Makes the file of signing keys with one key that is active at once; rejects with EEXIST when there is one. */
export async function createSigningKeys(path: string, now: Date): Promise<void> {
  await writeSigningKeys(path, [await createSigningKey(now)], 'create');
}
