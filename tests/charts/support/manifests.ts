import { parseAllDocuments } from 'yaml';
import { type KubernetesObject, kubernetesObjectOf, nameOf } from './kubernetes-object.ts';
import { type Pod, podsOf } from './pods-of.ts';

/** What a chart, or several together, were rendered to. */
export interface Manifests {
  readonly objects: readonly KubernetesObject[];
  readonly pods: readonly Pod[];
  of(kind: string): readonly KubernetesObject[];
  find(kind: string, name: string): KubernetesObject | undefined;
  /** @throws when there is none, naming those of the kind that there are */
  get(kind: string, name: string): KubernetesObject;
}

/** @throws when a document is not YAML, or two objects have one kind and name */
export function parseManifests(text: string): Manifests {
  const objects = parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw error;
    const value: unknown = document.toJS();
    return value === null ? [] : [kubernetesObjectOf(value)];
  });
  return manifestsOf(objects);
}

/** The objects of several releases in one namespace. */
export function joinManifests(...parts: readonly Manifests[]): Manifests {
  return manifestsOf(parts.flatMap(({ objects }) => objects));
}

/** Manifests of these objects. @throws when two have one kind and name */
export function manifestsOf(objects: readonly KubernetesObject[]): Manifests {
  const byName = new Map<string, KubernetesObject>();
  for (const object of objects) {
    if (byName.has(nameOf(object))) throw new Error(`${nameOf(object)} is there twice`);
    byName.set(nameOf(object), object);
  }
  const of = (kind: string) => objects.filter((object) => object.kind === kind);
  const find = (kind: string, name: string) => byName.get(`${kind}/${name}`);
  return {
    objects,
    pods: podsOf(objects),
    of,
    find,
    get(kind, name) {
      const found = find(kind, name);
      if (found) return found;
      const names = of(kind).map((object) => object.metadata.name);
      throw new Error(`no ${kind} ${name}; there are: ${names.join(', ') || 'none'}`);
    },
  };
}
