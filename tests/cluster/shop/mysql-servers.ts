import { z } from 'zod';
import type { Cluster } from '../cluster.ts';
import { eventually } from '../tools/eventually.ts';
import { isReady, livePods } from '../tools/live-pods.ts';

const topology = z.object({ data: z.object({ primary: z.string() }) });
const claim = z.object({ metadata: z.object({ uid: z.string() }) });

/** The pod that is named primary. */
export async function namedPrimary(cluster: Cluster): Promise<string> {
  return (await cluster.get(topology, 'configmap', 'onsale-mysql-topology')).data.primary;
}

/** The pods in a role that are ready. */
export async function readyInRole(cluster: Cluster, role: 'primary' | 'replica'): Promise<string[]> {
  const pods = await livePods(cluster, '-l', `onsale.dev/mysql-role=${role}`);
  return pods.filter(isReady).map(({ metadata }) => metadata.name);
}

/** Takes a server away for good, its data with it; resolves when its volume is another one. */
export async function loseServer(cluster: Cluster, pod: string): Promise<void> {
  const name = `data-${pod}`;
  const uid = async () => (await cluster.get(claim, 'persistentvolumeclaim', name)).metadata.uid;
  const before = await uid();
  await cluster.kubectl(['delete', 'persistentvolumeclaim', name, '--wait=false']);
  await cluster.kubectl(['delete', 'pod', pod, '--grace-period=0', '--force', '--wait=false']);
  await eventually('a new volume', async () => ((await uid()) === before ? undefined : true), { withinMs: 60_000 });
}
