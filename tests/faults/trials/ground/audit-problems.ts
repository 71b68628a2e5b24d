import type { Audited } from '../../campaign/audit-run.ts';

/** What is broken, or could not be judged, a line for each check. */
export function problemsOf({ checks }: Pick<Audited, 'checks'>): string[] {
  return checks
    .filter(({ state }) => state !== 'kept')
    .map(({ name, state, broken, remarks }) => {
      const why = broken.rows[0]?.problem ?? remarks.join('; ');
      return `audit: ${name} ${state}${broken.total > 0 ? `, ${broken.total} times` : ''}: ${why}`;
    });
}
