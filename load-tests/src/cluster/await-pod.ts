import type { V1Pod } from '@kubernetes/client-node';
import { delay } from '../sale/delay.ts';
import { SaleError } from '../sale/sale-error.ts';
import type { Cluster } from './open-cluster.ts';
import { patiently } from './patiently.ts';

const lookEveryMs = 500;
const startTimeoutMs = 180_000;
const podTimeoutMs = 20_000;

/** Waiting will not mend these. */
const final: ReadonlySet<string> = new Set(['CreateContainerConfigError', 'InvalidImageName', 'ErrImageNeverPull']);

/** Whether the container's log can be read; else what it waits for, and whether that can come. */
function stateOf(pod: V1Pod, container: string): { begun: boolean; hopeless: boolean; why: string } {
  const state = pod.status?.containerStatuses?.find(({ name }) => name === container)?.state;
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  const why = state?.waiting?.message ?? state?.waiting?.reason ?? unscheduled?.message ?? pod.status?.phase ?? '';
  const hopeless = final.has(state?.waiting?.reason ?? '');
  return { begun: Boolean(state?.running ?? state?.terminated), hopeless, why };
}

async function lastEvent({ core, namespace }: Cluster, name: string): Promise<string> {
  const { items } = await core.listNamespacedEvent({ namespace, fieldSelector: `involvedObject.name=${name}` });
  return items.map(({ message = '' }) => message).at(-1) ?? 'no reason is told';
}

/** Waits until the one pod of a Job runs; gives its name. @throws SaleError with the reason when it does not in time */
export async function awaitPod(cluster: Cluster, job: string, container: string, signal: AbortSignal): Promise<string> {
  const { core, namespace } = cluster;
  const started = performance.now();
  const labelSelector = `batch.kubernetes.io/job-name=${job}`;
  for (;;) {
    signal.throwIfAborted();
    const { items } = await patiently(() => core.listNamespacedPod({ namespace, labelSelector }), signal);
    const [pod] = items;
    const name = pod?.metadata?.name;
    const waitedMs = performance.now() - started;
    if (pod && name) {
      const { begun, hopeless, why } = stateOf(pod, container);
      if (begun) return name;
      if (hopeless || waitedMs > startTimeoutMs) throw new SaleError(`the pod ${name} does not start: ${why}`);
    } else if (waitedMs > podTimeoutMs) {
      throw new SaleError(`the Job ${job} gets no pod: ${await lastEvent(cluster, job)}`);
    }
    await delay(lookEveryMs);
  }
}
