import { z } from 'zod';
import type { Cluster } from '../cluster.ts';
import { budgetsNow, budgetThatHolds, podsOn } from '../shop/held-back.ts';
import { clientPod, shopSells } from '../shop/purchase.ts';
import { twoOfEach } from '../shop/release.ts';
import { startLoad } from '../shop/steady-load.ts';
import { watchEndpoints } from '../shop/watch-endpoints.ts';
import type { Step } from '../step.ts';
import { eventually } from '../tools/eventually.ts';
import { tryExecute } from '../tools/execute.ts';
import { ensurePod } from '../tools/pods.ts';
import { everythingReady } from '../tools/rollouts.ts';
import { secondsSince } from '../tools/seconds-since.ts';

const perSecond = 20;
const ordersPercent = 50;
const drainSeconds = 180;
/** The longest pause between two granted orders, in seconds. */
const longestPause = 5;
const pod = z.object({ spec: z.object({ nodeName: z.string() }) });
const nodes = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

/** Another worker than the one that the client is on. */
async function workerToDrain(cluster: Cluster): Promise<string> {
  await ensurePod(cluster, clientPod);
  const { spec } = await cluster.get(pod, 'pod', clientPod);
  const { items } = await cluster.get(nodes, 'nodes', '-l', '!node-role.kubernetes.io/control-plane');
  const node = items.map(({ metadata }) => metadata.name).find((name) => name !== spec.nodeName);
  if (node === undefined) throw new Error('there is only one worker');
  return node;
}

/** Drains until none is left but pods that a budget holds where their data are; gives those, with the budget. */
async function drain(cluster: Cluster, node: string): Promise<string[]> {
  const enough = new AbortController();
  const selection = `--pod-selector=app.kubernetes.io/part-of in (onsale,onsale-data)`;
  const args = ['drain', node, '--ignore-daemonsets', '--delete-emptydir-data', selection];
  const draining = tryExecute('kubectl', [...args, `--timeout=${drainSeconds}s`], {
    timeoutMs: (drainSeconds + 20) * 1000,
    env: cluster.env,
    signal: enough.signal,
  }).catch(() => undefined);
  try {
    return await eventually(
      `${node} to be drained`,
      async () => {
        const [left, budgets] = await Promise.all([podsOn(cluster, node), budgetsNow(cluster)]);
        const ours = left.filter(({ metadata }) => 'app.kubernetes.io/part-of' in metadata.labels);
        const reasons = ours.map((one) => budgetThatHolds(budgets, one));
        const free = ours.filter((_, at) => reasons[at] === undefined);
        if (free.length > 0) throw new Error(free.map(({ metadata }) => metadata.name).join(', '));
        return ours.map(({ metadata }, at) => `${metadata.name} (${reasons[at]})`);
      },
      { withinMs: drainSeconds * 1000, everyMs: 1_500 },
    );
  } finally {
    enough.abort();
    await draining;
  }
}

export const drainNode: Step = {
  name: 'drain',
  shows: 'a worker is drained: gateway and order always have a ready pod, and orders go on',
  async run(cluster) {
    await twoOfEach(cluster);
    const node = await workerToDrain(cluster);
    const watch = await watchEndpoints(cluster, ['onsale-gateway', 'onsale-order']);
    const load = await startLoad(cluster, { perSecond, ordersPercent });
    const begun = performance.now();
    try {
      const held = await drain(cluster, node);
      cluster.say(`${node} drained in ${secondsSince(begun)} s`);
      cluster.say(held.length === 0 ? 'nothing was held back' : `held back by budgets: ${held.join(', ')}`);
      const deployments = ['wait', '--for=condition=available', 'deployment', '--all', '--timeout=150s'];
      await cluster.kubectl(deployments, { timeoutMs: 160_000 });
    } finally {
      await cluster.run('kubectl', ['uncordon', node]);
    }
    const result = await load.stop();
    const fewest = await watch.stop();
    cluster.say(`fewest ready: ${[...fewest].map(([service, count]) => `${service} ${count}`).join(', ')}`);
    const { granted, sent, postponed, failed, longestSilence, p99, failures } = result;
    cluster.say(`${granted} orders granted of ${sent} requests, ${postponed} told to come again, ${failed} failed`);
    cluster.say(`p99 ${p99} ms`);
    cluster.say(`longest pause between orders ${longestSilence.toFixed(1)} s`);
    if ([...fewest.values()].includes(0)) throw new Error('a Service had no ready endpoint');
    if (longestSilence > longestPause) throw new Error(`no order was granted for ${longestSilence} s`);
    if (failed > 0) throw new Error(`requests failed: ${failures.map((one) => JSON.stringify(one)).join('\n')}`);
    await everythingReady(cluster, 180_000);
    await shopSells(cluster);
  },
};
