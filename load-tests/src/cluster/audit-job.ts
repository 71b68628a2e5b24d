import type { V1Container, V1CronJob, V1Job } from '@kubernetes/client-node';
import { SaleError } from '../sale/sale-error.ts';

const logFolder = '/client-log';
const partsFolder = '/client-log-parts';
const logFile = `${logFolder}/client-log.jsonl.gz`;

export interface AuditJob {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** ConfigMaps with a part each of the gzipped log, in order. */
  readonly parts: readonly string[];
  readonly waitSeconds: number;
  readonly node: string | undefined;
}

/** The audit's arguments but for those that are given anew. */
function otherArguments(args: readonly string[]): string[] {
  const given = ['--wait', '--client-log'];
  return args.filter((argument, index) => !given.includes(argument) && !given.includes(args[index - 1] ?? ''));
}

function containersOf(container: V1Container, { parts, waitSeconds }: AuditJob) {
  const mounts = [{ name: 'client-log', mountPath: logFolder }];
  const given = ['--client-log', logFile, '--wait', String(waitSeconds)];
  const { name, image, imagePullPolicy, securityContext, resources } = container;
  const joined = parts.map((part) => `${partsFolder}/${part}`).join(' ');
  return {
    initContainers: [
      {
        name: `${name}-log`,
        ...(image !== undefined && { image }),
        ...(imagePullPolicy !== undefined && { imagePullPolicy }),
        ...(securityContext && { securityContext }),
        ...(resources && { resources }),
        // No ConfigMap holds more than 1 MiB.
        command: ['sh', '-ec', `cat ${joined} > ${logFile}`],
        volumeMounts: [...mounts, { name: 'client-log-parts', mountPath: partsFolder, readOnly: true }],
      },
    ],
    containers: [
      {
        ...container,
        args: [...otherArguments(container.args ?? []), ...given],
        volumeMounts: [...(container.volumeMounts ?? []), ...mounts],
      },
    ],
  };
}

/** The Job that audits once, as the release's CronJob would, and holds what the clients heard against the tables. */
export function auditJob(cronJob: V1CronJob, audit: AuditJob): V1Job {
  const template = cronJob.spec?.jobTemplate;
  const pod = template?.spec?.template;
  const container = pod?.spec?.containers[0];
  if (!template?.spec || !pod?.spec || !container) throw new SaleError('the CronJob of the audit has no container');
  const nodeSelector = { ...pod.spec.nodeSelector, ...(audit.node && { 'kubernetes.io/hostname': audit.node }) };
  return {
    metadata: { name: audit.name, labels: { ...template.metadata?.labels, ...audit.labels } },
    spec: {
      ...template.spec,
      suspend: true,
      backoffLimit: 0,
      ttlSecondsAfterFinished: 900,
      template: {
        ...pod,
        spec: {
          ...pod.spec,
          nodeSelector,
          restartPolicy: 'Never',
          ...containersOf(container, audit),
          volumes: [
            ...(pod.spec.volumes ?? []),
            { name: 'client-log', emptyDir: { sizeLimit: '64Mi' } },
            {
              name: 'client-log-parts',
              projected: {
                sources: audit.parts.map((name) => ({ configMap: { name, items: [{ key: 'part', path: name }] } })),
              },
            },
          ],
        },
      },
    },
  };
}
