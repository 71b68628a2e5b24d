import type { CheckReport, Verdict } from './audit-report.ts';

/** The exit code of the command for each verdict. */
export const exitCodes: Readonly<Record<Verdict, number>> = { clean: 0, violated: 1, failed: 2, incomplete: 3 };

/** A violation outweighs a check that could not run, and that one a check that was not judged. */
export function verdictOf(checks: readonly Pick<CheckReport, 'state'>[]): Verdict {
  const states = new Set(checks.map((check) => check.state));
  if (states.has('broken')) return 'violated';
  if (states.has('failed')) return 'failed';
  return states.has('not-judged') ? 'incomplete' : 'clean';
}
