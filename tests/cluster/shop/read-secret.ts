import { z } from 'zod';
import type { Cluster } from '../cluster.ts';

const secret = z.object({ data: z.record(z.string(), z.string()).default({}) });

/** The values of a Secret. */
export async function readSecret(cluster: Cluster, name: string): Promise<Readonly<Record<string, string>>> {
  const { data } = await cluster.get(secret, 'secret', name);
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}
