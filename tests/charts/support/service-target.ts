import { z } from 'zod';
import { labelSelector, selects } from './label-selector.ts';
import type { Manifests } from './manifests.ts';
import { containersOf, type Pod } from './pods-of.ts';

const service = z.looseObject({
  spec: z.looseObject({
    clusterIP: z.string().nullish(),
    selector: z.record(z.string(), z.string()).optional(),
    ports: z
      .array(
        z.looseObject({
          name: z.string().optional(),
          port: z.number(),
          targetPort: z.union([z.string(), z.number()]).optional(),
        }),
      )
      .default([]),
  }),
});

const statefulSet = z.looseObject({
  spec: z.looseObject({ replicas: z.number().default(1), serviceName: z.string().optional() }),
});

/** A pod that answers for an address, and the port where it does. */
export interface Target {
  readonly pod: Pod;
  readonly port: number;
  readonly portName?: string;
}

/**
 * The pods that stand behind `host:port` as a pod of the namespace sees it: a Service's, or one pod of a headless one.
 * @throws when nothing of that name or port is there, or no pod is behind it
 */
export function targetsOf(manifests: Manifests, host: string, port: number, namespace: string): Target[] {
  const [first = '', second, ...rest] = host
    .replace(/\.cluster\.local$/, '')
    .replace(/\.svc$/, '')
    .split('.');
  const places = second === undefined || second === namespace ? [] : [second];
  if (rest.some((label) => label !== namespace)) throw new Error(`${host} is of another namespace than ${namespace}`);
  const [headless] = places;
  return headless === undefined ? ofService(manifests, first, port) : ofPod(manifests, first, headless, port);
}

function ofService(manifests: Manifests, name: string, port: number): Target[] {
  const { spec } = service.parse(manifests.get('Service', name));
  const found = spec.ports.find((candidate) => candidate.port === port);
  if (!found)
    throw new Error(`Service ${name} has no port ${port}; it has ${spec.ports.map((it) => it.port).join(', ')}`);
  const pods = podsBehind(manifests, spec.selector);
  const wanted = spec.clusterIP === 'None' ? port : (found.targetPort ?? port);
  const targets = pods.flatMap((pod) => {
    const at = containerPort(pod, wanted);
    return at ? [{ pod, ...at }] : [];
  });
  if (targets.length === 0) throw new Error(`Service ${name}: no pod with the port ${wanted} is behind it`);
  return targets;
}

function ofPod(manifests: Manifests, name: string, headless: string, port: number): Target[] {
  manifests.get('Service', headless);
  const set = manifests.of('StatefulSet').find((candidate) => {
    const { spec } = statefulSet.parse(candidate);
    const ordinal = Number(name.slice(`${candidate.metadata.name}-`.length));
    return (
      spec.serviceName === headless &&
      name === `${candidate.metadata.name}-${ordinal}` &&
      ordinal >= 0 &&
      ordinal < spec.replicas
    );
  });
  const pod = manifests.pods.find(({ owner }) => owner === set);
  if (!set || !pod) throw new Error(`no StatefulSet of the Service ${headless} makes a pod ${name}`);
  const at = containerPort(pod, port);
  if (!at) throw new Error(`${pod.of} has no port ${port}`);
  return [{ pod, ...at }];
}

/** The pods that run on and that a selector of a Service selects. */
export function podsBehind(manifests: Manifests, selector: Readonly<Record<string, string>> | undefined): Pod[] {
  if (!selector) return [];
  const matchLabels = labelSelector.parse({ matchLabels: selector });
  return manifests.pods.filter(
    ({ owner, labels }) => owner.kind !== 'Job' && owner.kind !== 'CronJob' && selects(matchLabels, labels),
  );
}

function containerPort(pod: Pod, wanted: string | number): { port: number; portName?: string } | undefined {
  for (const { name, containerPort } of containersOf(pod).flatMap(({ ports }) => ports)) {
    if (wanted === name || wanted === containerPort) {
      return { port: containerPort, ...(name === undefined ? {} : { portName: name }) };
    }
  }
  return undefined;
}
