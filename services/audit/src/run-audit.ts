import { allChecks } from './all-checks.ts';
import { type AuditOptions, type AuditSettings, withDefaults } from './audit-options.ts';
import type { AuditScope, Need } from './checks/check.ts';
import { replicationNotices } from './notices/replication-notices.ts';
import type { AuditReport, CheckReport } from './report/audit-report.ts';
import { verdictOf } from './report/verdict.ts';
import { runCheck } from './run-check.ts';
import { AuditError } from './snapshot/audit-error.ts';
import { type Opened, openAtRest } from './snapshot/open-at-rest.ts';

const HOUR_MS = 3_600_000;
// Rows are stamped by the services' clocks and purged by time; what is this close to the edge may be gone already.
const MARGIN_MS = 600_000;

function scopeOf(opened: Opened, settings: AuditSettings): AuditScope {
  const since = (hours: number) => new Date(opened.commerce.takenAt.getTime() - hours * HOUR_MS + MARGIN_MS);
  return {
    commerce: opened.commerce,
    ...(opened.auth ? { auth: opened.auth } : {}),
    keysSince: since(settings.keysRetentionHours),
    eventsSince: since(settings.outboxRetentionHours),
    ...(settings.clientLog === undefined ? {} : { clientLog: settings.clientLog }),
  };
}

function needsMet({ auth, clientLog }: AuditScope, { quiescence }: Opened): ReadonlySet<Need> {
  const needs = new Set<Need>();
  if (auth !== undefined) needs.add('auth');
  if (clientLog !== undefined) needs.add('client-log');
  if (quiescence.quiet) needs.add('rest');
  return needs;
}

async function runChecks(opened: Opened, settings: AuditSettings): Promise<CheckReport[]> {
  const scope = scopeOf(opened, settings);
  const needs = needsMet(scope, opened);
  const reports: CheckReport[] = [];
  for (const check of allChecks) {
    // Without a log there is nothing of it to judge; that leaves the audit complete.
    if (check.needs.includes('client-log') && !needs.has('client-log')) continue;
    settings.onProgress(check.name);
    reports.push(await runCheck(check, scope, { needs }));
  }
  return reports;
}

/**
 * Recomputes every promise from one consistent snapshot of each schema on its primary.
 * @throws AuditError when a schema's primary cannot be reached
 */
export async function runAudit(options: AuditOptions): Promise<AuditReport> {
  const settings = withDefaults(options);
  const startedAt = performance.now();
  settings.onProgress(`waiting at most ${settings.waitMs / 1000} s for a drained outbox and nothing changing`);
  const opened = await openAtRest(settings);
  try {
    const checks = await runChecks(opened, settings);
    const notices = await replicationNotices(opened.commerce).catch((error: unknown) => {
      if (error instanceof AuditError) return [`the state of replication is not known: ${error.message}`];
      throw error;
    });
    return {
      verdict: verdictOf(checks),
      startedAt: opened.commerce.takenAt.toISOString(),
      durationMs: Math.round(performance.now() - startedAt),
      quiescence: opened.quiescence,
      checks,
      notices,
    };
  } finally {
    await opened.auth?.close();
    await opened.commerce.close();
  }
}
