import { contentOf } from './content-of.ts';
import type { Manifests } from './manifests.ts';
import type { Container } from './pod-spec.ts';
import type { Pod } from './pods-of.ts';

export interface ResolvedEnvironment {
  readonly values: Readonly<Record<string, string>>;
  /** Objects and keys that are named and not there. */
  readonly missing: readonly string[];
}

/** The environment that a container starts with: values, references, and `$(NAME)` of what was defined before. */
export function resolveEnvironment(container: Container, pod: Pod, manifests: Manifests): ResolvedEnvironment {
  const values: Record<string, string> = {};
  const missing: string[] = [];
  const take = (kind: 'Secret' | 'ConfigMap', ref: { name: string; key: string; optional?: boolean | undefined }) => {
    const found = contentOf(manifests, kind, ref.name)?.[ref.key];
    if (found === undefined && !ref.optional) missing.push(`${kind} ${ref.name}, key ${ref.key}`);
    return found;
  };
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const ref = secretRef ?? configMapRef;
    if (!ref) continue;
    const kind = secretRef ? 'Secret' : 'ConfigMap';
    const content = contentOf(manifests, kind, ref.name);
    if (!content && !ref.optional) missing.push(`${kind} ${ref.name}`);
    for (const [key, value] of Object.entries(content ?? {})) values[`${prefix}${key}`] = value;
  }
  for (const { name, value, valueFrom } of container.env) {
    const { secretKeyRef, configMapKeyRef, fieldRef, resourceFieldRef } = valueFrom ?? {};
    let found: string | undefined;
    if (secretKeyRef) found = take('Secret', secretKeyRef);
    else if (configMapKeyRef) found = take('ConfigMap', configMapKeyRef);
    else if (fieldRef) found = fieldOf(pod, fieldRef.fieldPath);
    else if (resourceFieldRef) found = '1';
    else found = expand(value ?? '', values);
    if (found !== undefined) values[name] = found;
  }
  return { values, missing };
}

/** As the kubelet does it: `$$` is a dollar, and a name that is not known stays as it is. */
function expand(text: string, known: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\$|\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)/g, (whole, name: string | undefined) =>
    name === undefined ? '$' : (known[name] ?? whole),
  );
}

function fieldOf(pod: Pod, path: string): string {
  const key = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (key) return pod.template.metadata[key[1] === 'labels' ? 'labels' : 'annotations'][key[2] ?? ''] ?? '';
  if (path === 'metadata.name') return `${pod.owner.metadata.name}-0`;
  if (path === 'metadata.namespace') return pod.owner.metadata.namespace ?? 'onsale';
  return '10.0.0.1';
}
