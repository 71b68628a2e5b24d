import { z } from 'zod';

const text = z.record(z.string(), z.string());

const metadata = z.looseObject({
  name: z.string().optional(),
  namespace: z.string().optional(),
  labels: text.default({}),
  annotations: text.default({}),
});

const kubernetesObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata,
});

/** An object of a cluster, of whatever kind: all of it as it was rendered, and what every object has by type. */
export type KubernetesObject = z.output<typeof kubernetesObject>;

/** @throws when it has no kind, name or labels as every object has them */
export function kubernetesObjectOf(document: unknown): KubernetesObject {
  return kubernetesObject.parse(document);
}

/** `kind/name`, for messages. */
export function nameOf(object: KubernetesObject): string {
  return `${object.kind}/${object.metadata.name}`;
}
