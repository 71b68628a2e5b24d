import { z } from 'zod';
import type { Step } from '../step.ts';
import { eventually } from '../tools/eventually.ts';

const job = z.object({
  status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]) }),
});

export const auditShop: Step = {
  name: 'audit',
  shows: 'after all of that the audit finds every promise kept',
  async run(cluster) {
    const name = `audit-${Date.now()}`;
    await cluster.kubectl(['create', 'job', name, '--from=cronjob/onsale-audit']);
    try {
      await eventually(
        'the audit to end',
        async () => {
          const { status } = await cluster.get(job, 'job', name);
          const ends = status.conditions.filter(({ status: is }) => is === 'True').map(({ type }) => type);
          return ends.includes('Complete') || ends.includes('Failed') ? ends : undefined;
        },
        { withinMs: 240_000, everyMs: 2_000 },
      );
      const log = await cluster.kubectl(['logs', `job/${name}`]);
      cluster.say(log.trimEnd().split('\n').slice(-30).join('\n'));
      const { status } = await cluster.get(job, 'job', name);
      if (!status.conditions.some(({ type, status: is }) => type === 'Complete' && is === 'True')) {
        throw new Error('the audit failed');
      }
    } finally {
      await cluster.kubectl(['delete', 'job', name, '--wait=false']);
    }
  },
};
