import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Cluster } from '../cluster.ts';

const secrets = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      type: z.string(),
      data: z.record(z.string(), z.string()).default({}),
    }),
  ),
});

/** A fingerprint of every Secret's data, by name; not of those that helm keeps its releases in. */
export async function secretFingerprints(cluster: Cluster): Promise<ReadonlyMap<string, string>> {
  const { items } = await cluster.get(secrets, 'secrets');
  const own = items.filter(({ type }) => type !== 'helm.sh/release.v1');
  const fingerprint = (data: Readonly<Record<string, string>>) =>
    createHash('sha256')
      .update(JSON.stringify(Object.entries(data).toSorted()))
      .digest('hex');
  return new Map(own.map(({ metadata, data }) => [metadata.name, fingerprint(data)]));
}

/** @throws Error that names the Secrets which are not what they were, or are gone */
export function sameSecrets(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): void {
  const changed = [...before].filter(([name, print]) => after.get(name) !== print).map(([name]) => name);
  if (changed.length > 0) throw new Error(`changed, or gone: ${changed.join(', ')}`);
}
