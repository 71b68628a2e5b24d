import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { z } from 'zod';
import type { Cluster } from '../cluster.ts';
import { appImage } from './images.ts';

/** A pod of the restricted kind that does nothing until a script is run in it. */
function idlePod(name: string) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'client',
          image: appImage(),
          command: ['node', '-e', 'setInterval(() => {}, 1e9)'],
          resources: { requests: { cpu: '10m', memory: '32Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
}

/** Sees that a pod without labels runs. */
export async function ensurePod({ kubectl }: Cluster, name: string): Promise<void> {
  await kubectl(['apply', '-f', '-'], { input: stringify(idlePod(name)) });
  await kubectl(['wait', '--for=condition=ready', `pod/${name}`, '--timeout=60s'], { timeoutMs: 70_000 });
}

/** The command that runs a script of the folder in-pod/ in a container that has the project's image. */
export function scriptCommand(script: string, args: unknown): string[] {
  const code = readFileSync(join(import.meta.dirname, '../in-pod', script), 'utf8');
  return ['node', '--no-warnings', '--input-type=module-typescript', '--eval', code, '--', JSON.stringify(args)];
}

interface PodScript<T> {
  readonly script: string;
  readonly args: unknown;
  /** The form of the JSON that it prints. */
  readonly schema: z.ZodType<T>;
  readonly timeoutMs: number;
}

/** Runs a script in a pod, or in one of a Deployment as `deploy/NAME`. @throws CommandFailed when it fails */
export async function runInPod<T>(
  { kubectl }: Cluster,
  where: string,
  { script, args, schema, timeoutMs }: PodScript<T>,
): Promise<T> {
  return schema.parse(JSON.parse(await kubectl(['exec', where, '--', ...scriptCommand(script, args)], { timeoutMs })));
}
