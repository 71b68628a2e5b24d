import { shopSells } from '../shop/purchase.ts';
import { sameSecrets, secretFingerprints } from '../shop/secrets.ts';
import type { Step } from '../step.ts';
import { livePods } from '../tools/live-pods.ts';

export const keepSecrets: Step = {
  name: 'secrets',
  shows: 'an upgrade that changes nothing leaves every generated Secret and every pod as it was',
  async run(cluster) {
    const uids = async () => new Map((await livePods(cluster)).map(({ metadata }) => [metadata.uid, metadata.name]));
    const [before, pods] = [await secretFingerprints(cluster), await uids()];
    for (const [release, chart] of [
      ['data', 'charts/onsale-infra-lite'],
      ['onsale', 'charts/onsale'],
    ] as const) {
      await cluster.helm(['upgrade', release, chart, '--reuse-values', '--wait', '--timeout', '4m'], {
        timeoutMs: 260_000,
      });
    }
    sameSecrets(before, await secretFingerprints(cluster));
    const after = await uids();
    const replaced = [...pods].filter(([uid]) => !after.has(uid)).map(([, name]) => name);
    if (replaced.length > 0) throw new Error(`replaced without a cause: ${replaced.join(', ')}`);
    cluster.say(`${before.size} Secrets, ${pods.size} pods`);
    await shopSells(cluster);
  },
};
