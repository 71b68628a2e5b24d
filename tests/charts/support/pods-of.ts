import { z } from 'zod';
import { type KubernetesObject, nameOf } from './kubernetes-object.ts';
import { type Container, type PodTemplate, podTemplate } from './pod-spec.ts';

const workload = z.looseObject({ spec: z.looseObject({ template: podTemplate }) });
const cronJob = z.looseObject({ spec: z.looseObject({ jobTemplate: workload }) });

/** A pod that some object stands for. */
export interface Pod {
  /** `kind/name` of the object. */
  readonly of: string;
  readonly owner: KubernetesObject;
  readonly labels: Readonly<Record<string, string>>;
  readonly template: PodTemplate;
}

/** Every pod that the objects make: of workloads, jobs, cron jobs, and pods by themselves (those of `helm test`). */
export function podsOf(objects: readonly KubernetesObject[]): Pod[] {
  return objects.flatMap((owner) => {
    const template = templateOf(owner);
    return template ? [{ of: nameOf(owner), owner, labels: template.metadata.labels, template }] : [];
  });
}

/** All containers of a pod, those that run before the others first. */
export function containersOf({ template }: Pod): Container[] {
  return [...template.spec.initContainers, ...template.spec.containers];
}

function templateOf(owner: KubernetesObject): PodTemplate | undefined {
  switch (owner.kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job':
      return workload.parse(owner).spec.template;
    case 'CronJob':
      return cronJob.parse(owner).spec.jobTemplate.spec.template;
    case 'Pod':
      return podTemplate.parse(owner);
    default:
      return undefined;
  }
}
