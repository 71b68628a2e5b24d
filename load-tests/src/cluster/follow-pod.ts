import type { CoreV1Api } from '@kubernetes/client-node';
import { delay } from '../sale/delay.ts';
import { linesOf } from './lines-of.ts';
import { needed } from './needed.ts';
import type { Cluster, LogOfPod } from './open-cluster.ts';
import { patiently } from './patiently.ts';

const lookEveryMs = 1_000;

interface PodsAndLogs extends Pick<Cluster, 'namespace' | 'log'> {
  readonly core: Pick<CoreV1Api, 'readNamespacedPod'>;
}

export interface FollowPod {
  readonly cluster: PodsAndLogs;
  readonly pod: string;
  readonly container: string;
  /** The log is read from its beginning: at first, after a break, and once more in the end. */
  readonly begin: () => void;
  readonly line: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Follows a container's log until the container has ended; gives its exit code. A stream that breaks is opened again and
 * read from the beginning, so that nothing is lost but what the node has thrown away; the same line may come several times.
 * @throws SaleError when the pod is gone, or the API server for a minute
 */
export async function followPod({ cluster, pod, container, begin, line, signal }: FollowPod): Promise<number> {
  const { core, namespace } = cluster;
  const read = async (follow: boolean) => {
    const of: LogOfPod = { pod, container, follow, signal };
    begin();
    for await (const text of linesOf(cluster.log(of))) line(text);
  };
  const look = () => core.readNamespacedPod({ name: pod, namespace });
  for (;;) {
    // Why a stream broke matters only if the pod cannot be seen either.
    await read(true).catch(() => undefined);
    signal.throwIfAborted();
    const { status } = await needed(`the pod ${pod}`, patiently(look, signal));
    const ended = status?.containerStatuses?.find(({ name }) => name === container)?.state?.terminated;
    if (ended) {
      await needed(
        `the log of ${pod}`,
        patiently(() => read(false), signal),
      );
      return ended.exitCode;
    }
    await delay(lookEveryMs);
  }
}
