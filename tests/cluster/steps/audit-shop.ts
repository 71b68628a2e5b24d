import type { Step } from '../step.ts';
import { runJob } from '../tools/run-job.ts';

export const auditShop: Step = {
  name: 'audit',
  shows: 'after all of that the audit finds every promise kept',
  async run(cluster) {
    const { succeeded, log } = await runJob(cluster, 'onsale-audit', 240_000);
    cluster.say(log.split('\n').slice(-30).join('\n'));
    if (!succeeded) throw new Error('the audit failed');
  },
};
