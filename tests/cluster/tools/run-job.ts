import { z } from 'zod';
import type { Cluster } from '../cluster.ts';
import { eventually } from './eventually.ts';

const job = z.object({
  status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]) }),
});

export interface EndedJob {
  readonly succeeded: boolean;
  readonly log: string;
}

/** Runs a suspended CronJob's Job by hand, to its end, and takes it away. @throws Error when it has none in time */
export async function runJob(cluster: Cluster, cronJob: string, withinMs: number): Promise<EndedJob> {
  const name = `${cronJob}-${Date.now()}`;
  await cluster.kubectl(['create', 'job', name, `--from=cronjob/${cronJob}`]);
  try {
    const ends = await eventually(
      `${name} to end`,
      async () => {
        const { status } = await cluster.get(job, 'job', name);
        const met = status.conditions.filter(({ status: is }) => is === 'True').map(({ type }) => type);
        return met.includes('Complete') || met.includes('Failed') ? met : undefined;
      },
      { withinMs, everyMs: 1_000 },
    );
    return { succeeded: ends.includes('Complete'), log: (await cluster.kubectl(['logs', `job/${name}`])).trimEnd() };
  } finally {
    await cluster.kubectl(['delete', 'job', name, '--wait=false']);
  }
}
