import { z } from 'zod';
import type { KubernetesObject } from './kubernetes-object.ts';
import { labelSelector } from './label-selector.ts';

const scaler = z.looseObject({
  spec: z.looseObject({ scaleTargetRef: z.looseObject({ kind: z.string().default('Deployment'), name: z.string() }) }),
});
const selecting = z.looseObject({ spec: z.looseObject({ selector: labelSelector }) });
const workload = z.looseObject({
  spec: z.looseObject({
    replicas: z.number().optional(),
    selector: labelSelector,
    template: z.looseObject({ metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }) }),
  }),
});

/** What an autoscaler of either kind scales. */
export const scalingTarget = (object: KubernetesObject) => scaler.parse(object).spec.scaleTargetRef;

/** The selector of an object that has labels to match: a PodDisruptionBudget, a monitor. */
export const selectorOf = (object: KubernetesObject) => selecting.parse(object).spec.selector;

/** The part of a workload that says which pods are its own. */
export const workloadSpec = (object: KubernetesObject) => workload.parse(object).spec;
