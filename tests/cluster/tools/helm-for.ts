import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Cluster } from '../cluster.ts';

const versions = z.object({ serverVersion: z.object({ gitVersion: z.string() }) });

/**
 * A PATH with a helm in front that renders for the cluster's version of Kubernetes. Some builds of helm take a very old
 * one unless told, and skaffold has no way to tell.
 */
export async function pathWithHelmFor({ run, folder, env }: Cluster): Promise<string> {
  const { stdout } = await run('kubectl', ['version', '-o', 'json']);
  const { gitVersion } = versions.parse(JSON.parse(stdout)).serverVersion;
  const helm = (await run('sh', ['-c', 'command -v helm'])).stdout.trim();
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh
case " $* " in *" template "*) set -- "$@" --kube-version '${gitVersion}' ;; esac
exec '${helm}' "$@"
`;
  writeFileSync(join(bin, 'helm'), script);
  chmodSync(join(bin, 'helm'), 0o755);
  return `${bin}:${env.PATH ?? ''}`;
}
