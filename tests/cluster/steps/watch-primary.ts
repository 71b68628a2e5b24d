import { losePrimaryUnderLoad } from '../shop/lose-primary-under-load.ts';
import { namedPrimary } from '../shop/mysql-servers.ts';
import { upgradeShop } from '../shop/release.ts';
import type { Step } from '../step.ts';
import { eventually } from '../tools/eventually.ts';

const enabled = 'failover.watch.enabled';

/** When something was said, and what. */
const spokenLines = (log: string): string[] =>
  [...log.matchAll(/"time":"[^T]*T([\d:]+).*"msg":"([^"]*)"/g)].map(([, time, message]) => `${time} ${message}`).sort();

export const watchPrimary: Step = {
  name: 'watch-primary',
  shows: 'the primary is lost with its volume, and is followed by the replica with nobody asking for it',
  async run(cluster) {
    await upgradeShop(cluster, [`${enabled}=true`]);
    try {
      await losePrimaryUnderLoad(cluster, async (lost) => {
        const followed = async () => ((await namedPrimary(cluster)) === lost ? undefined : true);
        await eventually('another server to be named primary', followed, { withinMs: 120_000, everyMs: 250 });
        const log = await cluster.kubectl(['logs', '-l', 'app.kubernetes.io/component=failover-watch', '--tail', '20']);
        cluster.say(spokenLines(log).join('\n'));
      });
    } finally {
      await upgradeShop(cluster, [`${enabled}=false`]);
    }
  },
};
