import { z } from 'zod';
import type { Cluster } from '../cluster.ts';
import { allowedFrom, allowedToStrangers, type Target, targets } from '../shop/connections.ts';
import { clientPod } from '../shop/purchase.ts';
import type { Step } from '../step.ts';
import { ensurePod, runInPod } from '../tools/pods.ts';

interface Tried {
  readonly allowed: number;
  readonly refused: number;
  readonly wrong: readonly string[];
}

async function tryFrom(cluster: Cluster, where: string, from: string): Promise<Tried> {
  // A pod reaches itself whatever a policy says, and a Service may lead to the pod that asks.
  const others = targets.filter(({ host }) => host !== `onsale-${from}`);
  const args = others.map(({ host, port }) => ({ host, port }));
  const schema = z.array(z.boolean()).length(others.length);
  const connected = await runInPod(cluster, where, { script: 'try-connections.ts', args, schema, timeoutMs: 60_000 });
  const mayReach = ({ name }: Target) => (allowedFrom[from] ?? allowedToStrangers).includes(name);
  const wrong = others
    .filter((target, at) => connected[at] !== mayReach(target))
    .map((target) => `${from} ${mayReach(target) ? 'cannot reach' : 'reaches'} ${target.host}:${target.port}`);
  const allowed = others.filter(mayReach).length;
  return { allowed, refused: others.length - allowed, wrong };
}

export const refuseConnections: Step = {
  name: 'network',
  shows: 'from every service, and from a pod without labels, exactly the allowed connections are taken',
  async run(cluster) {
    await ensurePod(cluster, clientPod);
    const tried = await Promise.all([
      tryFrom(cluster, clientPod, 'a pod without labels'),
      ...Object.keys(allowedFrom).map((service) => tryFrom(cluster, `deploy/onsale-${service}`, service)),
    ]);
    const sum = (of: (one: Tried) => number) => tried.reduce((all, one) => all + of(one), 0);
    cluster.say(`${sum(({ allowed }) => allowed)} connections allowed, ${sum(({ refused }) => refused)} refused`);
    const wrong = tried.flatMap((one) => one.wrong);
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  },
};
