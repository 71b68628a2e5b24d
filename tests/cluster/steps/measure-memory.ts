import type { Cluster } from '../cluster.ts';
import type { Step } from '../step.ts';
import { eventually } from '../tools/eventually.ts';
import { type LivePod, livePods, since } from '../tools/live-pods.ts';
import { table } from '../tools/table.ts';

const limitMiB = 4096;

/** What metrics-server knows of each pod's working set, in MiB; undefined while it lacks one of them. */
async function workingSets(cluster: Cluster, pods: readonly LivePod[]) {
  const { stdout } = await cluster.tryKubectl(['top', 'pods', '--no-headers']);
  const known = new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/))
      .map(([name = '', , memory = '']) => [name, Number(/^(\d+)Mi$/.exec(memory)?.[1] ?? Number.NaN)]),
  );
  return pods.every(({ metadata }) => Number.isFinite(known.get(metadata.name))) ? known : undefined;
}

/** Seconds from the pod's start on its node until it was ready. */
function startUpSeconds(pod: LivePod): string {
  const ready = since(pod, 'Ready');
  if (ready === undefined || pod.status.startTime === undefined) return '';
  return ((ready.getTime() - Date.parse(pod.status.startTime)) / 1000).toFixed(0);
}

export const measureMemory: Step = {
  name: 'memory',
  shows: 'the whole platform takes 4 GiB of memory at most',
  async run(cluster) {
    const pods = (await livePods(cluster)).filter(({ metadata }) => 'app.kubernetes.io/part-of' in metadata.labels);
    const known = await eventually('metrics-server knows every pod', () => workingSets(cluster, pods), {
      withinMs: 120_000,
      everyMs: 2_000,
    });
    const rows = pods.map((pod) => {
      const { name } = pod.metadata;
      return [name, String(known.get(name)), startUpSeconds(pod)];
    });
    const sum = pods.reduce((all, { metadata }) => all + (known.get(metadata.name) ?? 0), 0);
    cluster.say(table(['pod', 'MiB', 'ready after s'], [...rows, ['all', String(sum), '']]));
    if (sum > limitMiB) throw new Error(`${sum} MiB are more than ${limitMiB}`);
  },
};
