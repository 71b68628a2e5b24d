import type { V1CronJob } from '@kubernetes/client-node';
import { needed } from './needed.ts';
import type { Cluster } from './open-cluster.ts';

/** The suspended CronJob that a release has for its audit. @throws SaleError when it is missing */
export function readAudit({ batch, namespace }: Cluster, release: string): Promise<V1CronJob> {
  const name = `${release}-audit`;
  return needed(`CronJob ${name} of namespace ${namespace}`, batch.readNamespacedCronJob({ name, namespace }));
}
