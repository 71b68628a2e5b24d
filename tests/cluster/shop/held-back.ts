import { z } from 'zod';
import type { Cluster } from '../cluster.ts';
import { type LivePod, livePods } from '../tools/live-pods.ts';

const budget = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ selector: z.object({ matchLabels: z.record(z.string(), z.string()).default({}) }) }),
  status: z.object({ disruptionsAllowed: z.int() }),
});
const budgets = z.object({ items: z.array(budget) });

type Budget = z.infer<typeof budget>;

/** The budgets of the namespace, as they are now. */
export async function budgetsNow(cluster: Cluster): Promise<Budget[]> {
  return (await cluster.get(budgets, 'poddisruptionbudgets')).items;
}

/** Pods of the namespace that are still on the node, but for those that a drain leaves alone anyway. */
export async function podsOn(cluster: Cluster, node: string): Promise<LivePod[]> {
  const pods = await livePods(cluster, '--field-selector', `spec.nodeName=${node}`);
  return pods.filter(({ metadata }) => !metadata.ownerReferences.some(({ kind }) => kind === 'DaemonSet'));
}

/**
 * Why a drain may leave a pod where it is: its data are on this node, and a budget allows no disruption of its kind now.
 * @returns the budget's name; undefined when there is no such reason
 */
export function budgetThatHolds(all: readonly Budget[], pod: LivePod): string | undefined {
  const hasData = pod.spec.volumes.some(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined);
  const covering = all.find(({ spec, status }) => {
    const wanted = Object.entries(spec.selector.matchLabels);
    const covers = wanted.length > 0 && wanted.every(([key, value]) => pod.metadata.labels[key] === value);
    return covers && status.disruptionsAllowed === 0;
  });
  return hasData ? covering?.metadata.name : undefined;
}
