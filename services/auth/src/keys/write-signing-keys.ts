import { randomUUID } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SigningKey } from './signing-key.ts';

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Writes the file of signing keys, readable by its owner only, so that a reader sees the old file or the new one.
 * `'create'` rejects with EEXIST when the file is there; `'replace'` takes its place.
 */
export async function writeSigningKeys(
  path: string,
  keys: readonly SigningKey[],
  mode: 'create' | 'replace',
): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    await writeDurably(draft, `${JSON.stringify({ keys }, null, 2)}\n`);
    if (mode === 'create') await link(draft, path);
    else await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}
