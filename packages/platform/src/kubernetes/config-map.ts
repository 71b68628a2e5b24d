import { z } from 'zod';
import type { KubernetesAnswer, KubernetesApi } from './kubernetes-api.ts';
import { KubernetesError, refusalOf } from './kubernetes-error.ts';

/** What a ConfigMap held when it was read, and which version of it that was. */
export interface ConfigMapEntries {
  readonly data: Readonly<Record<string, string>>;
  readonly version: string;
}

/** One ConfigMap of a namespace. Each call rejects when the API server does not answer, or refuses. */
export interface ConfigMap {
  /** @throws KubernetesError when there is no such ConfigMap */
  read(signal?: AbortSignal): Promise<ConfigMapEntries>;
  /**
   * Changes these entries and leaves the others, if it is still the version that was read: false when somebody else
   * changed it meanwhile.
   */
  change(entries: Readonly<Record<string, string>>, version: string, signal?: AbortSignal): Promise<boolean>;
}

const configMap = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  data: z.record(z.string(), z.string()).default({}),
});

/** The ConfigMap of this name, as it is or will be. */
export function openConfigMap(api: KubernetesApi, namespace: string, name: string): ConfigMap {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/${encodeURIComponent(name)}`;
  return {
    async read(signal) {
      return entriesOf(await api.call({ method: 'GET', path }, signal));
    },
    async change(entries, version, signal) {
      const body = { metadata: { resourceVersion: version }, data: entries };
      const answer = await api.call({ method: 'PATCH', path, body }, signal);
      if (answer.status === 409) return false;
      entriesOf(answer);
      return true;
    },
  };
}

/** @throws KubernetesError */
function entriesOf(answer: KubernetesAnswer): ConfigMapEntries {
  if (answer.status !== 200) throw refusalOf(answer);
  const found = configMap.safeParse(answer.body);
  if (!found.success) throw new KubernetesError(answer.status, 'the API server answered with what is no ConfigMap');
  return { data: found.data.data, version: found.data.metadata.resourceVersion };
}
