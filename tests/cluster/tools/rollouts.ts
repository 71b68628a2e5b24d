import { z } from 'zod';
import type { Cluster } from '../cluster.ts';
import { eventually } from './eventually.ts';

const workloads = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), generation: z.int() }),
      spec: z.object({ replicas: z.int().default(1) }),
      status: z.object({
        observedGeneration: z.int().default(0),
        readyReplicas: z.int().default(0),
        updatedReplicas: z.int().default(0),
        replicas: z.int().default(0),
      }),
    }),
  ),
});

/** Waits until every Deployment and StatefulSet has all its pods ready, of its newest form, and no others. */
export async function everythingReady(cluster: Cluster, withinMs: number): Promise<void> {
  await eventually(
    'every pod is ready',
    async () => {
      const { items } = await cluster.get(workloads, 'deployments,statefulsets');
      const waiting = items.filter(({ metadata, spec, status }) => {
        const wanted = spec.replicas;
        const counts = [status.readyReplicas, status.updatedReplicas, status.replicas];
        return status.observedGeneration < metadata.generation || counts.some((count) => count !== wanted);
      });
      if (waiting.length > 0) throw new Error(waiting.map(({ metadata }) => metadata.name).join(', '));
      return items;
    },
    { withinMs, everyMs: 1_000 },
  );
}
