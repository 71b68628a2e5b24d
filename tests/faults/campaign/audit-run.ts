import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { checkout, type Platform } from '@onsale/local';
import { z } from 'zod';

const timeoutMs = 300_000;
/** How long the audit waits for the shop to come to rest. */
const restSeconds = 60;

const check = z.object({
  name: z.string(),
  state: z.enum(['kept', 'broken', 'not-judged', 'failed']),
  broken: z.object({ total: z.int(), rows: z.array(z.object({ problem: z.string() })) }),
  remarks: z.array(z.string()),
});

/** What the campaign reads of the audit's report. */
const auditReport = z.object({
  verdict: z.enum(['clean', 'violated', 'failed', 'incomplete']),
  checks: z.array(check),
});

export type Audited = z.infer<typeof auditReport>;

export interface AuditRun {
  readonly platform: Pick<Platform, 'audit'>;
  /** The clients' log; one that is not there leaves its check out. */
  readonly history: string;
  /** Where the whole report goes, as `audit.json`. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * Runs the audit as its command does, with the clients' log.
 * @throws Error with what it said when it gives no report
 */
export async function auditRun({ platform, history, folder, signal }: AuditRun): Promise<Audited> {
  const file = 'services/audit/src/main.ts';
  const args = ['scripts/run.sh', file, '--json', '--client-log', history, '--wait', String(restSeconds)];
  const child = spawn('sh', args, {
    cwd: checkout,
    env: { ...process.env, ...platform.audit },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    signal,
  });
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  await writeFile(join(folder, 'audit.json'), said);
  if (said === '') throw new Error(`the audit gave no report: ${complained}`);
  return auditReport.parse(JSON.parse(said));
}
