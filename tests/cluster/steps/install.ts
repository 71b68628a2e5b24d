import type { Cluster } from '../cluster.ts';
import { shopSells } from '../shop/purchase.ts';
import type { Step } from '../step.ts';
import { noWarnings } from '../tools/no-warnings.ts';
import { everythingReady } from '../tools/rollouts.ts';
import { secondsSince } from '../tools/seconds-since.ts';

async function install({ helm }: Cluster, release: string, chart: string, wait: readonly string[]): Promise<void> {
  const { stderr } = await helm(['install', release, chart, ...wait], { timeoutMs: 540_000 });
  noWarnings(stderr);
}

export const installShop: Step = {
  name: 'install',
  shows: 'two helm installs with no flags but names end in a shop that sells',
  essential: true,
  async run(cluster) {
    const begun = performance.now();
    // At once: the shop's pods wait for their servers and their schema by themselves.
    await install(cluster, 'data', 'charts/onsale-infra-lite', []);
    await install(cluster, 'onsale', 'charts/onsale', ['--wait', '--timeout', '8m']);
    await everythingReady(cluster, 180_000);
    cluster.say(`every pod ready ${secondsSince(begun, 1)} s after the first install`);
    await cluster.kubectl(['wait', '--for=condition=complete', 'job', '--all', '--timeout=180s'], {
      timeoutMs: 200_000,
    });
    await shopSells(cluster);
    cluster.say(`migrated, seeded and answering after ${secondsSince(begun, 1)} s`);
  },
};
