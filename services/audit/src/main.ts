import { ConfigError, loadConfig } from '@onsale/platform/service';
import { findEnvironment } from './command-line/find-environment.ts';
import { readArguments, usage } from './command-line/read-arguments.ts';
import { accessOf, auditConfig, outsideOf } from './config.ts';
import { printReport } from './report/print-report.ts';
import { exitCodes } from './report/verdict.ts';
import { runAudit } from './run-audit.ts';
import { AuditError } from './snapshot/audit-error.ts';

/** One line at a terminal, replaced by the next. */
function showProgress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}

async function main(): Promise<number> {
  const { json, help, ...options } = readArguments(process.argv.slice(2));
  if (help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const config = loadConfig(auditConfig, await findEnvironment(process.env));
  const report = await runAudit({
    ...options,
    commerce: accessOf(config, 'COMMERCE'),
    auth: accessOf(config, 'AUTH'),
    ...outsideOf(config),
    statementTimeoutMs: config.AUDIT_STATEMENT_TIMEOUT_MS,
    keysRetentionHours: config.AUDIT_KEYS_RETENTION_HOURS,
    outboxRetentionHours: config.AUDIT_OUTBOX_RETENTION_HOURS,
    inboxRetentionHours: config.AUDIT_INBOX_RETENTION_HOURS,
    snapshotSize: config.AUDIT_SNAPSHOT_SIZE,
    onProgress: (line) => showProgress(`${line}…`),
  });
  showProgress('');
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report));
  return exitCodes[report.verdict];
}

try {
  process.exitCode = await main();
} catch (error) {
  showProgress('');
  const expected = error instanceof AuditError || error instanceof ConfigError;
  process.stderr.write(`audit: ${expected ? error.message : error instanceof Error ? error.stack : error}\n`);
  process.exitCode = exitCodes.failed;
}
