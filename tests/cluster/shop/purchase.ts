import { z } from 'zod';
import type { Cluster } from '../cluster.ts';
import { eventually } from '../tools/eventually.ts';
import { ensurePod, runInPod } from '../tools/pods.ts';
import { readSecret } from './read-secret.ts';

export const gatewayUrl = 'http://onsale-gateway:8080';
export const clientPod = 'onsale-test-client';

const purchased = z.object({ orderId: z.string(), productId: z.string(), ms: z.number() });

/** Buys something through the gateway's Service, from a pod; the pod must be there. @throws CommandFailed */
export async function purchase(cluster: Cluster, traceparent?: string): Promise<z.infer<typeof purchased>> {
  const args = { url: gatewayUrl, admin: await readSecret(cluster, 'onsale-admin'), traceparent };
  return runInPod(cluster, clientPod, { script: 'purchase.ts', args, schema: purchased, timeoutMs: 40_000 });
}

/** Sees that a stranger can open an account, charge, buy and look at it; for how long it may fail first is given. */
export async function shopSells(cluster: Cluster, withinMs = 60_000): Promise<void> {
  await ensurePod(cluster, clientPod);
  await eventually('the shop sells', () => purchase(cluster), { withinMs });
}
