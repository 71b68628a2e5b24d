import type { KafkaConnection } from '@onsale/platform/messaging';
import { allChecks } from './all-checks.ts';
import { type AuditOptions, type AuditSettings, withDefaults } from './audit-options.ts';
import type { AuditScope, Need } from './checks/check.ts';
import { replicationNotices } from './notices/replication-notices.ts';
import { connectKafka } from './outside/connect-kafka.ts';
import { type Lag, watchLag } from './outside/watch-lag.ts';
import type { AuditReport, CheckReport } from './report/audit-report.ts';
import { verdictOf } from './report/verdict.ts';
import { runCheck } from './run-check.ts';
import { scopeOf } from './scope-of.ts';
import { AuditError } from './snapshot/audit-error.ts';
import { type Opened, openAtRest } from './snapshot/open-at-rest.ts';

function needsMet({ auth, kafka, redis, dataPlatform, clientLog }: AuditScope, quiet: boolean): ReadonlySet<Need> {
  const met: Record<Need, boolean> = {
    auth: auth !== undefined,
    kafka: kafka !== undefined,
    redis: redis !== undefined,
    'data-platform': dataPlatform !== undefined,
    'client-log': clientLog !== undefined,
    rest: quiet,
  };
  return new Set(allChecks.flatMap(({ needs }) => needs).filter((need) => met[need]));
}

/** Without these there is nothing of theirs to judge; that leaves the audit complete. */
const leftOut: readonly Need[] = ['client-log', 'data-platform'];

async function runChecks(scope: AuditScope, { quiet }: { quiet: boolean }, settings: AuditSettings) {
  const needs = needsMet(scope, quiet);
  const reports: CheckReport[] = [];
  for (const check of allChecks) {
    if (leftOut.some((need) => check.needs.includes(need) && !needs.has(need))) continue;
    settings.onProgress(check.name);
    reports.push(await runCheck(check, scope, { needs }));
  }
  return reports;
}

async function noticesOf({ commerce, lagUnknown }: Opened): Promise<string[]> {
  const replication = await replicationNotices(commerce).catch((error: unknown) => {
    if (error instanceof AuditError) return [`the state of replication is not known: ${error.message}`];
    throw error;
  });
  if (lagUnknown === undefined) return replication;
  return [...replication, `how far the consumers are is not known: ${lagUnknown}`];
}

/** Without brokers nobody is known who could be behind them. */
function lagOf(kafka: KafkaConnection | undefined, settings: AuditSettings): () => Promise<Lag> {
  if (kafka === undefined) return async () => ({ messages: 0 });
  return watchLag({
    kafka,
    sender: settings.dataPlatform !== undefined,
    everyMs: settings.stillMs / 2,
    now: () => performance.now(),
  });
}

/**
 * Recomputes every promise from one consistent snapshot of each schema on its primary, and from what it led to outside.
 * @throws AuditError when a schema's primary cannot be reached
 */
export async function runAudit(options: AuditOptions): Promise<AuditReport> {
  const settings = withDefaults(options);
  const startedAt = performance.now();
  const kafka = settings.kafka && connectKafka(settings.kafka);
  settings.onProgress(
    `waiting at most ${settings.waitMs / 1000} s for a drained outbox, consumers that have caught up and nothing changing`,
  );
  const opened = await openAtRest(settings, lagOf(kafka, settings));
  try {
    const checks = await runChecks(scopeOf(opened, settings, kafka), opened.quiescence, settings);
    return {
      verdict: verdictOf(checks),
      startedAt: opened.commerce.takenAt.toISOString(),
      durationMs: Math.round(performance.now() - startedAt),
      quiescence: opened.quiescence,
      checks,
      notices: await noticesOf(opened),
    };
  } finally {
    await opened.auth?.close();
    await opened.commerce.close();
  }
}
