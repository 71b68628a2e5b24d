import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifests } from './manifests.ts';
import { filesOf, mountedFile } from './mounted-file.ts';
import type { Container } from './pod-spec.ts';
import { containersOf, type Pod } from './pods-of.ts';
import { resolveEnvironment } from './resolve-environment.ts';

/** A program of ours in a container, with the environment it would find. */
export interface AppProcess {
  /** `kind/name, container`. */
  readonly name: string;
  readonly pod: Pod;
  readonly container: Container;
  /** The file that is started. */
  readonly program: string;
  readonly values: Readonly<Record<string, string>>;
  /** Objects, keys and files that are named and not there. */
  readonly missing: readonly string[];
}

/** Every program of the application: the containers of pods that are part of `onsale`. */
export function appProcesses(manifests: Manifests): AppProcess[] {
  return manifests.pods
    .filter(({ labels }) => labels['app.kubernetes.io/part-of'] === 'onsale')
    .flatMap((pod) => containersOf(pod).map((container) => processOf(container, pod, manifests)));
}

function processOf(container: Container, pod: Pod, manifests: Manifests): AppProcess {
  const { values, missing } = resolveEnvironment(container, pod, manifests);
  const lost = Object.entries(values).flatMap(([name, value]) => {
    try {
      if (isFile(name, value)) mountedFile(value, container, pod, manifests);
      return [];
    } catch (error) {
      return [`${name}: ${String(error)}`];
    }
  });
  return {
    name: `${pod.of}, ${container.name}`,
    pod,
    container,
    program: container.args?.[0] ?? '(none)',
    values,
    missing: [...missing, ...lost],
  };
}

/** The environment with every file that it names written below the folder, so that it can be read here. */
export function withFiles(
  { values, container, pod }: AppProcess,
  manifests: Manifests,
  folder: string,
): Readonly<Record<string, string>> {
  const entries = Object.entries(values).map(([name, value]) => {
    if (!isFile(name, value)) return [name, value];
    const path = join(folder, pod.of.replace('/', '-'), container.name, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, mountedFile(value, container, pod, manifests));
    return [name, path];
  });
  return Object.fromEntries(entries);
}

/** The files of a folder that a volume gives a process. @throws when nothing is mounted there */
export function mountedFolder(
  { container, pod }: AppProcess,
  path: string,
  manifests: Manifests,
): Record<string, string> {
  const mount = container.volumeMounts.find(({ mountPath }) => mountPath === path);
  const volume = pod.template.spec.volumes.find(({ name }) => name === mount?.name);
  if (!volume) throw new Error(`${pod.of}, ${container.name}: nothing is mounted at ${path}`);
  return { ...filesOf(volume, manifests) };
}

const isFile = (name: string, value: string) => name.endsWith('_FILE') && value.startsWith('/');
