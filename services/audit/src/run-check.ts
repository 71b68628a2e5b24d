import type { AuditScope, Check, Need } from './checks/check.ts';
import type { CheckReport } from './report/audit-report.ts';
import { AuditError } from './snapshot/audit-error.ts';

const missing: Readonly<Record<Need, string>> = {
  auth: 'not judged: no access to the auth schema was given',
  kafka: 'not judged: no brokers were given',
  redis: 'not judged: no Redis was given',
  'data-platform': 'not judged: no data platform was given',
  'client-log': "not judged: no client's log was given",
  rest: 'not judged: it means something at rest only, and the shop was not',
};

export interface Available {
  readonly needs: ReadonlySet<Need>;
}

/** Runs one check. One that cannot be answered is reported as failed, so that the others are still judged. */
export async function runCheck(check: Check, scope: AuditScope, { needs }: Available): Promise<CheckReport> {
  const startedAt = performance.now();
  const { name, promise } = check;
  const since = () => ({ durationMs: Math.round(performance.now() - startedAt) });
  const unmet = check.needs.find((need) => !needs.has(need));
  const nothing = { counted: {}, broken: { total: 0, rows: [] } };
  if (unmet !== undefined) {
    return { name, promise, state: 'not-judged', ...nothing, remarks: [missing[unmet]], ...since() };
  }
  try {
    const { counted, total, rows, remarks = [] } = await check.run(scope);
    return {
      name,
      promise,
      state: total > 0 ? 'broken' : 'kept',
      counted,
      broken: { total, rows },
      remarks,
      ...since(),
    };
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    return { name, promise, state: 'failed', ...nothing, remarks: [error.message], ...since() };
  }
}
