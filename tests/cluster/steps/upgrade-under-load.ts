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
/** The upgrade itself takes two minutes: a slow machine need not be kept busy until it has sent all. */
const longestSeconds = 480;

export const upgradeUnderLoad: Step = {
  name: 'upgrade',
  shows:
    'every pod of the shop is replaced by one of a new image, and no request meanwhile fails: of 10,000, or of eight minutes',
  async run(cluster) {
    await twoOfEach(cluster);
    const perSecond = fifthOfPeak(cluster);
    const wanted = Math.ceil((requests * 1.02) / perSecond);
    const seconds = Math.min(longestSeconds, Math.max(shortestSeconds, wanted));
    const atLeast = Math.min(requests, Math.floor(seconds * perSecond * 0.98));
    const secrets = await secretFingerprints(cluster);
    const tag = nextAppImage().split(':')[1];
    cluster.say(`${perSecond} requests/s for ${seconds} s`);
    const sent = await underLoad(cluster, { perSecond, seconds }, async () => {
      const begun = performance.now();
      await upgradeShop(cluster, [`image.tag=${tag}`]);
      await everythingReady(cluster, 120_000);
      cluster.say(`upgraded in ${secondsSince(begun)} s`);
    });
    if (sent < atLeast) throw new Error(`only ${sent} of ${atLeast} requests were sent`);
    await runsImage(cluster, appImage().replace(/:.*/, `:${tag}`));
    sameSecrets(secrets, await secretFingerprints(cluster));
  },
};
