import { z } from 'zod';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { Container } from './pod-spec.ts';
import type { Pod } from './pods-of.ts';
import { quantity } from './quantity.ts';

const counted = z.looseObject({ spec: z.looseObject({ replicas: z.number().default(1) }) });
const claiming = z.looseObject({
  spec: z.looseObject({
    replicas: z.number().default(1),
    volumeClaimTemplates: z
      .array(
        z.looseObject({
          spec: z.looseObject({ resources: z.looseObject({ requests: z.looseObject({ storage: z.string() }) }) }),
        }),
      )
      .default([]),
  }),
});

/** What a namespace must hold, in the names of a ResourceQuota: cores, bytes, pieces. */
export interface ResourceSums {
  readonly pods: number;
  readonly 'requests.cpu': number;
  readonly 'requests.memory': number;
  readonly 'limits.memory': number;
  readonly persistentvolumeclaims: number;
  readonly 'requests.storage': number;
}

/** All pods at once, one more of each Deployment for a rolling update, and every job beside them. */
export function resourceSums(pods: readonly Pod[], objects: readonly KubernetesObject[]): ResourceSums {
  const counts = pods.map((pod) => ({ pod, count: copiesOf(pod) }));
  const sum = (of: (pod: Pod) => number) => counts.reduce((total, { pod, count }) => total + count * of(pod), 0);
  const claims = objects
    .filter(({ kind }) => kind === 'StatefulSet')
    .map((object) => claiming.parse(object).spec)
    .flatMap(({ replicas, volumeClaimTemplates }) =>
      volumeClaimTemplates.map(({ spec }) => ({ count: replicas, storage: quantity(spec.resources.requests.storage) })),
    );
  return {
    pods: sum(() => 1),
    'requests.cpu': sum((pod) => ofPod(pod, ({ resources }) => resources?.requests?.cpu)),
    'requests.memory': sum((pod) => ofPod(pod, ({ resources }) => resources?.requests?.memory)),
    'limits.memory': sum((pod) => ofPod(pod, ({ resources }) => resources?.limits?.memory)),
    persistentvolumeclaims: claims.reduce((total, { count }) => total + count, 0),
    'requests.storage': claims.reduce((total, { count, storage }) => total + count * storage, 0),
  };
}

function copiesOf({ owner }: Pod): number {
  if (owner.kind === 'Deployment') return counted.parse(owner).spec.replicas + 1;
  return owner.kind === 'StatefulSet' ? counted.parse(owner).spec.replicas : 1;
}

/** As the scheduler counts: the containers together, or one that runs before them if it needs more. */
function ofPod({ template: { spec } }: Pod, of: (container: Container) => unknown): number {
  const together = spec.containers.reduce((total, container) => total + quantity(of(container) ?? 0), 0);
  return Math.max(together, ...spec.initContainers.map((container) => quantity(of(container) ?? 0)));
}
