import type { AuditReport, CheckReport, CheckState, Verdict } from './audit-report.ts';

const states: Readonly<Record<CheckState, string>> = {
  kept: 'ok',
  broken: 'BROKEN',
  'not-judged': 'not judged',
  failed: 'FAILED',
};

const verdicts: Readonly<Record<Verdict, string>> = {
  clean: 'Clean: every promise is kept.',
  violated: 'VIOLATED: a promise is broken.',
  failed: 'FAILED: not every check could run.',
  incomplete: 'Incomplete: nothing is broken, but not everything was judged.',
};

const grouped = new Intl.NumberFormat('en-US');

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function countsOf(check: CheckReport): string {
  const counts = Object.entries(check.counted).map(([what, number]) => `${grouped.format(number)} ${what}`);
  return counts.join(', ');
}

function detailsOf(check: CheckReport): string[] {
  const { total, rows } = check.broken;
  const lines = check.remarks.map((remark) => `    ${remark}`);
  if (total === 0) return lines;
  lines.push(`    promise: ${check.promise}`);
  lines.push(...rows.map(({ problem, row }) => `    - ${problem}: ${JSON.stringify(row)}`));
  if (total > rows.length)
    lines.push(`    … ${grouped.format(total - rows.length)} more, ${grouped.format(total)} in all`);
  return lines;
}

function quiescenceOf({ quiescence }: AuditReport): string {
  const waited = `after ${seconds(quiescence.waitedMs)}`;
  const { quiet, unsentEvents, unhandledMessages } = quiescence;
  if (!quiet && unhandledMessages === undefined) return `Not at rest ${waited}: the brokers did not answer.`;
  if (!quiet) return `Not at rest ${waited}: rows were still changing.`;
  const left = [
    ...(unsentEvents > 0 ? [`${grouped.format(unsentEvents)} events unsent`] : []),
    ...(unhandledMessages ? [`${grouped.format(unhandledMessages)} messages unhandled`] : []),
  ];
  if (left.length === 0) return `At rest ${waited}: the outbox is drained and nothing changes.`;
  return `At rest ${waited}, with ${left.join(' and ')}.`;
}

/** The report as a table for people, ending with a new line. */
export function printReport(report: AuditReport): string {
  const nameWidth = Math.max(...report.checks.map((check) => check.name.length));
  const stateWidth = Math.max(...Object.values(states).map((state) => state.length));
  const lines = report.checks.flatMap((check) => [
    `  ${check.name.padEnd(nameWidth)}  ${states[check.state].padEnd(stateWidth)}  ${countsOf(check)}`.trimEnd(),
    ...detailsOf(check),
  ]);
  return [
    `Audit of ${report.startedAt}`,
    quiescenceOf(report),
    '',
    ...lines,
    '',
    ...report.notices.map((notice) => `Notice: ${notice}`),
    `${verdicts[report.verdict]} (${seconds(report.durationMs)})`,
    '',
  ].join('\n');
}
