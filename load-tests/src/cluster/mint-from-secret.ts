import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MintToken, tokenMinter } from '@onsale/local';
import { SaleError } from '../sale/sale-error.ts';
import { needed } from './needed.ts';
import type { Cluster } from './open-cluster.ts';

const key = 'signing-keys';

/**
 * Mints tokens with the signing keys of a release, which the operator may read; they are on disk, for this user alone, only
 * while `work` runs.
 * @throws SaleError when the Secret is missing
 */
export async function mintFromSecret<T>(
  { core, namespace }: Cluster,
  release: string,
  work: (mint: MintToken) => Promise<T>,
): Promise<T> {
  const name = `${release}-signing-keys`;
  const what = `Secret ${name} of namespace ${namespace} (is the release there? --release, --namespace)`;
  const { data } = await needed(what, core.readNamespacedSecret({ name, namespace }));
  const keys = data?.[key];
  if (keys === undefined) throw new SaleError(`Secret ${name} has no key ${key}`);
  const folder = await mkdtemp(join(tmpdir(), 'onsale-load-'));
  try {
    const file = join(folder, key);
    await writeFile(file, Buffer.from(keys, 'base64'), { mode: 0o600 });
    return await work(tokenMinter(file));
  } finally {
    await rm(folder, { recursive: true });
  }
}
