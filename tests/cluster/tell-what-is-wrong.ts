import { z } from 'zod';
import type { Cluster } from './cluster.ts';

const pods = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({
        phase: z.string(),
        conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
      }),
    }),
  ),
});

/** Prints what is needed to see why a step failed: pods, warnings, and the last words of pods that are not ready. */
export async function tellWhatIsWrong(cluster: Cluster): Promise<void> {
  const show = async (title: string, args: readonly string[], lines: number) => {
    const { stdout, stderr } = await cluster.tryKubectl(args, { timeoutMs: 20_000 });
    const said = `${stdout}${stderr}`
      .trimEnd()
      .split('\n')
      .slice(-lines)
      .map((line) => line.slice(0, 240))
      .join('\n');
    if (said !== '') cluster.say(`--- ${title}\n${said}`);
  };
  try {
    await show('pods', ['get', 'pods', '-o', 'wide'], 60);
    await show('jobs', ['get', 'jobs'], 20);
    await show(
      'the latest warnings',
      ['get', 'events', '--field-selector', 'type=Warning', '--sort-by', '.lastTimestamp'],
      25,
    );
    const { items } = await cluster.get(pods, 'pods');
    const unready = items.filter(
      ({ status }) =>
        status.phase !== 'Succeeded' &&
        !status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
    );
    for (const { metadata } of unready.slice(0, 6)) {
      await show(`log of ${metadata.name}`, ['logs', metadata.name, '--all-containers', '--tail', '25'], 40);
      const before = ['logs', metadata.name, '--all-containers', '--previous', '--tail', '15'];
      await show(`log of ${metadata.name} before its restart`, before, 20);
    }
  } catch (error) {
    cluster.say(`no more can be told: ${error instanceof Error ? error.message : error}`);
  }
}
