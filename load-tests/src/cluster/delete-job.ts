import { needed, refusedWith } from './needed.ts';
import type { Cluster } from './open-cluster.ts';

/** Deletes a Job, and with it all that it owns; none is fine. @throws SaleError */
export async function deleteJob({ batch, namespace }: Cluster, name: string): Promise<void> {
  const asked = batch.deleteNamespacedJob({ name, namespace, propagationPolicy: 'Background', gracePeriodSeconds: 0 });
  await needed(
    `the Job ${name}`,
    asked.catch((error: unknown) => {
      if (refusedWith(error) !== 404) throw error;
    }),
  );
}
