import type { V1EnvVar, V1Job } from '@kubernetes/client-node';
import { loadLabels, podLabels } from './labels.ts';

const scripts = '/load';
const data = '/load-data';

/** The name of a container in which k6 runs. */
export const K6_CONTAINER = 'k6';

export interface K6Job {
  readonly name: string;
  readonly run: string;
  readonly image: string;
  readonly node: string | undefined;
  /** The script's path among the files. */
  readonly entry: string;
  /** Key in the ConfigMap of the scripts → path of the file. */
  readonly scriptKeys: Readonly<Record<string, string>>;
  /** ConfigMaps and Secrets whose files the script reads. */
  readonly dataMaps: readonly string[];
  readonly dataSecrets: readonly string[];
  readonly environment: readonly V1EnvVar[];
  /** InfluxDB's address; undefined for no output. */
  readonly output: string | undefined;
  readonly deadlineSeconds: number;
}

function argumentsOf({ entry, run, output }: K6Job): string[] {
  return [
    'run',
    '--quiet',
    // A console.log of the script is a line of the log and nothing else.
    '--log-format=raw',
    '--log-output=stdout',
    // No API of its own, and nothing told to anybody outside.
    '--address=',
    '--no-usage-report',
    `--tag=run=${run}`,
    ...(output === undefined ? [] : [`--out=influxdb=${output}`]),
    `${scripts}/${entry}`,
  ];
}

function containerOf(job: K6Job) {
  return {
    name: K6_CONTAINER,
    image: job.image,
    imagePullPolicy: 'IfNotPresent',
    args: argumentsOf(job),
    env: [
      { name: 'HOME', value: '/tmp' },
      // Extensions would be downloaded.
      { name: 'K6_AUTO_EXTENSION_RESOLUTION', value: 'false' },
      { name: 'DATA_FOLDER', value: data },
      ...job.environment,
    ],
    resources: { requests: { cpu: '200m', memory: '192Mi' }, limits: { cpu: '1', memory: '768Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'scripts', mountPath: scripts, readOnly: true },
      { name: 'data', mountPath: data, readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}

/**
 * The Job that runs k6 once. It is made suspended and owns all that its pod needs, so that deleting it, or its age, takes
 * everything away; nothing is tried again, since a second run would ask under the same keys.
 */
export function k6Job(job: K6Job): V1Job {
  const items = Object.entries(job.scriptKeys).map(([key, path]) => ({ key, path }));
  const sources = [
    ...job.dataMaps.map((name) => ({ configMap: { name } })),
    ...job.dataSecrets.map((name) => ({ secret: { name } })),
  ];
  return {
    metadata: { name: job.name, labels: { ...loadLabels } },
    spec: {
      suspend: true,
      backoffLimit: 0,
      activeDeadlineSeconds: job.deadlineSeconds,
      ttlSecondsAfterFinished: 900,
      template: {
        metadata: {
          labels: { ...podLabels(job.run), 'uses.onsale.dev/influxdb': 'true' },
          annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' },
        },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 5,
          ...(job.node !== undefined && { nodeSelector: { 'kubernetes.io/hostname': job.node } }),
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 12_345,
            runAsGroup: 12_345,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [containerOf(job)],
          volumes: [
            { name: 'scripts', configMap: { name: job.name, items } },
            { name: 'data', projected: { sources } },
            { name: 'tmp', emptyDir: { sizeLimit: '16Mi' } },
          ],
        },
      },
    },
  };
}
