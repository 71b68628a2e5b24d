import { fifthOfPeak } from '../shop/load-rate.ts';
import { shopSells } from '../shop/purchase.ts';
import { runsImage } from '../shop/release.ts';
import { underLoad } from '../shop/under-load.ts';
import type { Step } from '../step.ts';
import { appImage } from '../tools/images.ts';
import { everythingReady } from '../tools/rollouts.ts';

export const rollBack: Step = {
  name: 'rollback',
  shows: 'helm rollback brings the release before back, its migration job with it, and no request meanwhile fails',
  async run(cluster) {
    await underLoad(cluster, { perSecond: fifthOfPeak(cluster), seconds: 240 }, async () => {
      await cluster.helm(['rollback', 'onsale', '--wait', '--timeout', '5m'], { timeoutMs: 320_000 });
      await everythingReady(cluster, 120_000);
    });
    await runsImage(cluster, appImage());
    await shopSells(cluster);
  },
};
