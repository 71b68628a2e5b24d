import { contentOf } from './content-of.ts';
import type { Manifests } from './manifests.ts';
import type { Container, Volume } from './pod-spec.ts';
import type { Pod } from './pods-of.ts';

type Files = Readonly<Record<string, string>>;

/**
 * What a container finds in a file that a Secret or ConfigMap of its pod gives it.
 * @throws when nothing is mounted there, or the key is not in what is mounted
 */
export function mountedFile(path: string, container: Container, pod: Pod, manifests: Manifests): string {
  const mount = container.volumeMounts
    .filter(({ mountPath }) => path === mountPath || path.startsWith(`${mountPath.replace(/\/$/, '')}/`))
    .sort((one, other) => other.mountPath.length - one.mountPath.length)[0];
  const volume = pod.template.spec.volumes.find(({ name }) => name === mount?.name);
  if (!mount || !volume) throw new Error(`${pod.of}, ${container.name}: nothing is mounted at ${path}`);
  const file = mount.subPath ?? path.slice(mount.mountPath.replace(/\/$/, '').length + 1);
  const found = filesOf(volume, manifests)[file];
  if (found === undefined) throw new Error(`${pod.of}, ${container.name}: the volume ${volume.name} has no ${file}`);
  return found;
}

/** The files of a volume by path. @throws when it is not of Secrets or ConfigMaps that are there, with those keys */
export function filesOf(volume: Volume, manifests: Manifests): Files {
  const sources = volume.projected?.sources ?? [
    { secret: volume.secret && { ...volume.secret, name: volume.secret.secretName }, configMap: volume.configMap },
  ];
  const files: Record<string, string> = {};
  for (const { secret, configMap } of sources) {
    if (secret) Object.assign(files, taken('Secret', secret, manifests));
    if (configMap) Object.assign(files, taken('ConfigMap', configMap, manifests));
  }
  return files;
}

interface Source {
  readonly name: string;
  readonly items?: readonly { readonly key: string; readonly path: string }[] | undefined;
  readonly optional?: boolean | undefined;
}

function taken(kind: 'Secret' | 'ConfigMap', { name, items, optional }: Source, manifests: Manifests): Files {
  const content = contentOf(manifests, kind, name);
  if (!content) {
    if (optional) return {};
    throw new Error(`${kind} ${name} is not there`);
  }
  if (!items) return content;
  return Object.fromEntries(
    items.map(({ key, path }) => {
      const value = content[key];
      if (value === undefined && !optional) throw new Error(`${kind} ${name} has no key ${key}`);
      return [path, value ?? ''];
    }),
  );
}
