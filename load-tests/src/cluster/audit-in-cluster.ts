import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { AUDIT_WAIT_SECONDS } from '../sale/run-audit.ts';
import { auditJob } from './audit-job.ts';
import { awaitPod } from './await-pod.ts';
import { deleteJob } from './delete-job.ts';
import { followPod } from './follow-pod.ts';
import { loadLabels } from './labels.ts';
import type { LoadRun } from './load-run.ts';
import { readAudit } from './read-audit.ts';
import { startJob } from './start-job.ts';

/** Below the 1 MiB that a ConfigMap may hold. */
const partBytes = 900_000;

export interface AuditInCluster extends LoadRun {
  readonly clientLog: string;
}

function split(bytes: Buffer): Buffer[] {
  const count = Math.ceil(bytes.length / partBytes);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * partBytes, (index + 1) * partBytes));
}

/** Runs the audit of the release with the client's log; prints its report. Gives its exit code: 0 is clean. @throws SaleError */
export async function auditInCluster({ cluster, options, run, clientLog, signal }: AuditInCluster): Promise<number> {
  const { namespace } = cluster;
  const name = `onsale-load-audit-${run}`;
  const cronJob = await readAudit(cluster, options.release);
  const parts = split(await promisify(gzip)(await readFile(clientLog)));
  const partName = (index: number) => `${name}-${index}`;
  const job = auditJob(cronJob, {
    name,
    labels: loadLabels,
    parts: parts.map((_, index) => partName(index)),
    waitSeconds: AUDIT_WAIT_SECONDS,
    node: options.node,
  });
  const container = job.spec?.template.spec?.containers[0]?.name ?? '';
  const report: string[] = [];
  try {
    await startJob(cluster, job, {
      configMaps: parts.map((part, index) => ({
        metadata: { name: partName(index) },
        binaryData: { part: part.toString('base64') },
      })),
    });
    const pod = await awaitPod(cluster, name, container, signal);
    const begin = () => report.splice(0);
    const code = await followPod({ cluster, pod, container, begin, line: (text) => report.push(text), signal });
    console.log(report.join('\n'));
    return code;
  } finally {
    if (options.keep) console.log(`kept: Job ${name} in namespace ${namespace}`);
    else await deleteJob(cluster, name);
  }
}
