import type { V1ConfigMap, V1Job, V1NetworkPolicy, V1Secret } from '@kubernetes/client-node';
import { loadLabels } from './labels.ts';
import { needed } from './needed.ts';
import type { Cluster } from './open-cluster.ts';

/** What a Job's pod needs beside it; the Job owns it. */
export interface Belongings {
  readonly configMaps?: readonly V1ConfigMap[];
  readonly secrets?: readonly V1Secret[];
  readonly policies?: readonly V1NetworkPolicy[];
}

/** Makes a suspended Job, gives it its belongings, and lets it run. @throws SaleError */
export async function startJob(cluster: Cluster, job: V1Job, belongings: Belongings): Promise<void> {
  const { batch, core, network, namespace } = cluster;
  const name = job.metadata?.name ?? '';
  const made = await needed(`the Job ${name}`, batch.createNamespacedJob({ namespace, body: job }));
  const owner = { apiVersion: 'batch/v1', kind: 'Job', name, uid: made.metadata?.uid ?? '' };
  const owned = <T extends V1ConfigMap>(body: T): T => ({
    ...body,
    metadata: { ...body.metadata, labels: { ...loadLabels }, ownerReferences: [owner] },
  });
  const { configMaps = [], secrets = [], policies = [] } = belongings;
  await needed(
    `what the Job ${name} needs`,
    Promise.all([
      ...configMaps.map((body) => core.createNamespacedConfigMap({ namespace, body: owned(body) })),
      ...secrets.map((body) => core.createNamespacedSecret({ namespace, body: owned(body) })),
      ...policies.map((body) => network.createNamespacedNetworkPolicy({ namespace, body: owned(body) })),
    ]),
  );
  const body = [{ op: 'replace', path: '/spec/suspend', value: false }];
  await needed(`the Job ${name}`, batch.patchNamespacedJob({ name, namespace, body }));
}
