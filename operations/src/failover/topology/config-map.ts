import type { ConfigMap, KubernetesApi } from '@onsale/platform/kubernetes';
import { openConfigMap } from '@onsale/platform/kubernetes';
import { CommandError } from '../../command-line/command-error.ts';
import type { Topology } from './topology.ts';

export interface ConfigMapPlace {
  readonly api: KubernetesApi;
  readonly namespace: string;
  readonly name: string;
}

/** The ConfigMap of charts/onsale-infra-lite. Its servers look at it every few seconds, and take the role that it gives them. */
export function configMap({ api, namespace, name }: ConfigMapPlace): Topology {
  const entries: ConfigMap = openConfigMap(api, namespace, name);
  const place = `the ConfigMap ${name}`;
  return {
    place,
    serversFollow: true,
    async read() {
      const { data, version } = await entries.read().catch((error: unknown) => {
        throw new CommandError(`who is primary cannot be read: ${wordsOf(error)}`, { cause: error });
      });
      if (!data.primary) throw new CommandError(`${place} names no primary`);
      return { primary: data.primary, version };
    },
    name: (server, { version }) =>
      entries.change({ primary: server }, version).catch((error: unknown) => {
        throw new CommandError(`${place} may or may not name ${server} now, run it again: ${wordsOf(error)}`, {
          cause: error,
        });
      }),
    close: () => api.close(),
  };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
