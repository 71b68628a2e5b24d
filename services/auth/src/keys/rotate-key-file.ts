import { readFile } from 'node:fs/promises';
import { createSigningKeys } from './create-signing-keys.ts';
import { KeyFileError } from './key-file-error.ts';
import { isPem } from './read-pem-keys.ts';
import { activationOf, keysStillNeeded, type RotationTimes } from './rotate-signing-keys.ts';
import { createSigningKey, type SigningKey, signingKeysFile } from './signing-key.ts';
import { writeSigningKeys } from './write-signing-keys.ts';

/** What a rotation did. */
export interface Rotation {
  created: boolean;
  added: string[];
  dropped: string[];
  /** When the newest key starts to sign. */
  activeFrom: Date;
}

const isMissing = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

async function readKeys(path: string): Promise<SigningKey[] | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    if (isPem(text)) throw new KeyFileError('a PEM file is rotated by hand, by the order of its keys: see the README');
    return signingKeysFile.parse(JSON.parse(text)).keys;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Creates the file with one key, or adds a key that signs later and drops those that no live token needs. */
export async function rotateKeyFile(path: string, now: Date, times: RotationTimes): Promise<Rotation> {
  const keys = await readKeys(path);
  if (keys === undefined) {
    await createSigningKeys(path, now);
    return { created: true, added: [], dropped: [], activeFrom: now };
  }
  const needed = keysStillNeeded(keys, now, times);
  const added = await createSigningKey(activationOf(now, times));
  await writeSigningKeys(path, [...needed, added], 'replace');
  const dropped = keys.filter((key) => !needed.includes(key)).map((key) => key.kid);
  return { created: false, added: [added.kid], dropped, activeFrom: new Date(added.activeFrom) };
}
