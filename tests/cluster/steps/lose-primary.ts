import { losePrimaryUnderLoad } from '../shop/lose-primary-under-load.ts';
import type { Step } from '../step.ts';
import { runJob } from '../tools/run-job.ts';

export const losePrimary: Step = {
  name: 'lose-primary',
  shows: 'the primary is lost with its volume: a Job promotes the replica, and no order that was granted is missing',
  async run(cluster) {
    const tooSoon = await runJob(cluster, 'onsale-failover', 60_000);
    if (tooSoon.succeeded) throw new Error(`the primary answers, and yet:\n${tooSoon.log}`);
    await losePrimaryUnderLoad(cluster, async () => {
      const { succeeded, log } = await runJob(cluster, 'onsale-failover', 240_000);
      cluster.say(log);
      if (!succeeded) throw new Error('no replica was promoted');
    });
  },
};
