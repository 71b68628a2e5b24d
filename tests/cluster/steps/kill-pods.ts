import { z } from 'zod';
import type { Cluster } from '../cluster.ts';
import { shopSells } from '../shop/purchase.ts';
import { twoOfEach } from '../shop/release.ts';
import type { Step } from '../step.ts';
import { eventually } from '../tools/eventually.ts';
import { isReady, livePods } from '../tools/live-pods.ts';
import { everythingReady } from '../tools/rollouts.ts';
import { secondsSince } from '../tools/seconds-since.ts';
import { table } from '../tools/table.ts';

const component = (name: string) => [name, `app.kubernetes.io/component=${name}`] as const;
const mysql = (role: string) => [`mysql ${role}`, `onsale.dev/mysql-role=${role}`] as const;

/** What is killed, and the label that finds it. */
const kinds: readonly (readonly [string, string])[] = [
  ...['gateway', 'auth', 'product', 'point', 'order', 'bestseller', 'data-platform'].map(component),
  mysql('primary'),
  mysql('replica'),
  ...['kafka', 'redis', 'collector', 'influxdb', 'prometheus'].map(component),
];
const withinMs = 180_000;

const lease = z.object({ spec: z.object({ holderIdentity: z.string().default('') }) });
const relayLease = 'onsale-relay-commerce';

/** The pod that leads; a holder's name is its pod's with a mark of the process behind it. */
async function leader(cluster: Cluster): Promise<string> {
  const { holderIdentity } = (await cluster.get(lease, 'lease', relayLease)).spec;
  return holderIdentity.replace(/_.*/, '');
}

/** A pod of the kind that is ready, and does not lead the relay: that one had its turn. */
async function podOf(cluster: Cluster, kind: string, label: string): Promise<string> {
  const pods = await livePods(cluster, '-l', label);
  const leading = await leader(cluster);
  const name = pods.filter(isReady).find(({ metadata }) => metadata.name !== leading)?.metadata.name;
  if (name === undefined) throw new Error(`no pod of ${kind} is ready`);
  return name;
}

async function kill(cluster: Cluster, pod: string): Promise<{ sells: string; whole: string }> {
  const begun = performance.now();
  await cluster.kubectl(['delete', 'pod', pod, '--grace-period=0', '--force', '--wait=false']);
  await shopSells(cluster, withinMs);
  const sells = secondsSince(begun, 1);
  await everythingReady(cluster, withinMs);
  return { sells, whole: secondsSince(begun, 1) };
}

/** Kills the leading relay; seconds until another pod leads. */
async function killLeader(cluster: Cluster): Promise<string> {
  const leads = async () => (await leader(cluster)) || undefined;
  const before = await eventually('a pod leads the relay', leads, { withinMs: 60_000 });
  const begun = performance.now();
  await cluster.kubectl(['delete', 'pod', before, '--grace-period=0', '--force', '--wait=false']);
  const moved = async () => {
    const now = await leader(cluster);
    return now === '' || now === before ? undefined : now;
  };
  await eventually('another pod leads the relay', moved, { withinMs: 60_000, everyMs: 250 });
  return secondsSince(begun, 1);
}

export const killPods: Step = {
  name: 'kills',
  shows: 'one pod of each kind is killed at once and by force, and the shop comes back each time',
  async run(cluster) {
    await twoOfEach(cluster, withinMs);
    cluster.say(`the relay's Lease moved ${await killLeader(cluster)} s after its holder was killed`);
    await everythingReady(cluster, withinMs);
    const rows: string[][] = [];
    for (const [kind, label] of kinds) {
      const { sells, whole } = await kill(cluster, await podOf(cluster, kind, label));
      rows.push([kind, sells, whole]);
    }
    cluster.say(table(['killed', 'sells after s', 'whole after s'], rows));
  },
};
