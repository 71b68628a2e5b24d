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
      const ends = await eventually(
        'the audit to end',
        async () => {
          const { status } = await cluster.get(job, 'job', name);
          const met = status.conditions.filter(({ status: is }) => is === 'True').map(({ type }) => type);
          return met.includes('Complete') || met.includes('Failed') ? met : undefined;
        },
        { withinMs: 240_000, everyMs: 2_000 },
      );
      const log = await cluster.kubectl(['logs', `job/${name}`]);
      cluster.say(log.trimEnd().split('\n').slice(-30).join('\n'));
      if (!ends.includes('Complete')) throw new Error('the audit failed');
    } finally {
      await cluster.kubectl(['delete', 'job', name, '--wait=false']);
    }
  },
};
