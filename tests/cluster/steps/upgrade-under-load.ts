import { fifthOfPeak } from '../shop/load-rate.ts';
import { runsImage, twoOfEach, upgradeShop } from '../shop/release.ts';
import { sameSecrets, secretFingerprints } from '../shop/secrets.ts';
import { underLoad } from '../shop/under-load.ts';
import type { Step } from '../step.ts';
import { appImage, nextAppImage } from '../tools/images.ts';
import { everythingReady } from '../tools/rollouts.ts';
import { secondsSince } from '../tools/seconds-since.ts';

const requests = 10_000;
const shortestSeconds = 120;

export const upgradeUnderLoad: Step = {
  name: 'upgrade',
  shows: 'every pod of the shop is replaced by one of a new image, and none of 10,000 requests meanwhile fails',
  async run(cluster) {
    await twoOfEach(cluster);
    await everythingReady(cluster, 120_000);
    const perSecond = fifthOfPeak(cluster);
    const seconds = Math.max(shortestSeconds, Math.ceil((requests * 1.02) / perSecond));
    const secrets = await secretFingerprints(cluster);
    const tag = nextAppImage().split(':')[1];
    cluster.say(`${perSecond} requests/s for ${seconds} s`);
    const sent = await underLoad(cluster, { perSecond, seconds }, async () => {
      const begun = performance.now();
      await upgradeShop(cluster, [`image.tag=${tag}`]);
      await everythingReady(cluster, 120_000);
      cluster.say(`upgraded in ${secondsSince(begun)} s`);
    });
    if (sent < requests) throw new Error(`only ${sent} requests were sent`);
    await runsImage(cluster, appImage().replace(/:.*/, `:${tag}`));
    sameSecrets(secrets, await secretFingerprints(cluster));
  },
};
