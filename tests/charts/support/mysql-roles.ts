import { type KubernetesObject, kubernetesObjectOf } from './kubernetes-object.ts';
import { type Manifests, manifestsOf } from './manifests.ts';

const primary = 'onsale-mysql-primary';
const podName = 'statefulset.kubernetes.io/pod-name';

/**
 * charts/onsale-infra-lite with its MySQL servers in their roles. Who is primary is not in the manifests: the server that
 * takes the role writes its pod's name into the Service, and the others label themselves. Here it is the first.
 */
export function withMysqlRoles(manifests: Manifests): Manifests {
  return manifestsOf(
    manifests.objects.map((object) => {
      if (object.kind === 'Service' && object.metadata.name === primary) return withSelector(object);
      if (object.kind === 'StatefulSet' && object.metadata.name === 'onsale-mysql') return withRole(object);
      return object;
    }),
  );
}

function withSelector(service: KubernetesObject): KubernetesObject {
  const spec = asRecord(service.spec);
  if ('selector' in spec) throw new Error(`Service ${primary} has a selector of its own`);
  return kubernetesObjectOf({ ...service, spec: { ...spec, selector: { [podName]: 'onsale-mysql-0' } } });
}

function withRole(set: KubernetesObject): KubernetesObject {
  const spec = asRecord(set.spec);
  const template = asRecord(spec.template);
  const metadata = asRecord(template.metadata);
  const labels = { ...asRecord(metadata.labels), [podName]: 'onsale-mysql-0', 'onsale.dev/mysql-role': 'replica' };
  return kubernetesObjectOf({
    ...set,
    spec: { ...spec, template: { ...template, metadata: { ...metadata, labels } } },
  });
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error(`${String(value)} is no object`);
  return { ...value };
}
