import { z } from 'zod';
import type { Cluster } from '../cluster.ts';

const condition = z.object({ type: z.string(), status: z.string(), lastTransitionTime: z.string().optional() });

const podList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        uid: z.string(),
        labels: z.record(z.string(), z.string()).default({}),
        deletionTimestamp: z.string().optional(),
        ownerReferences: z.array(z.object({ kind: z.string() })).default([]),
      }),
      spec: z.object({
        nodeName: z.string().optional(),
        volumes: z
          .array(z.object({ persistentVolumeClaim: z.object({ claimName: z.string() }).optional() }))
          .default([]),
      }),
      status: z.object({
        phase: z.string(),
        startTime: z.string().optional(),
        conditions: z.array(condition).default([]),
      }),
    }),
  ),
});

export type LivePod = z.infer<typeof podList>['items'][number];

/** Pods of the namespace that have not ended, of all or of those that the arguments of `kubectl get` choose. */
export async function livePods(cluster: Cluster, ...args: readonly string[]): Promise<LivePod[]> {
  const { items } = await cluster.get(podList, 'pods', ...args);
  return items.filter(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed');
}

/** When the condition was met; undefined when it is not. */
export function since({ status }: LivePod, type: string): Date | undefined {
  const met = status.conditions.find((one) => one.type === type && one.status === 'True');
  return met?.lastTransitionTime === undefined ? undefined : new Date(met.lastTransitionTime);
}

export const isReady = (pod: LivePod): boolean =>
  pod.metadata.deletionTimestamp === undefined && since(pod, 'Ready') !== undefined;
