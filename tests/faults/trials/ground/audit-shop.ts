import { join } from 'node:path';
import type { Platform } from '@onsale/local';
import { type Audited, auditRun } from '../../campaign/audit-run.ts';

export interface AuditShop {
  readonly platform: Pick<Platform, 'audit'>;
  /** The clients' log. */
  readonly history: string;
  /** Where the whole report goes. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Has every promise recomputed, with what the clients heard. */
export const auditShop = ({ folder, ...audited }: AuditShop): Promise<Audited> =>
  auditRun({ ...audited, reportFile: join(folder, 'audit.json') });

/** What is broken, or could not be judged, a line for each check. */
export function problemsOf({ checks }: Pick<Audited, 'checks'>): string[] {
  return checks
    .filter(({ state }) => state !== 'kept')
    .map(({ name, state, broken, remarks }) => {
      const why = broken.rows[0]?.problem ?? remarks.join('; ');
      return `audit: ${name} ${state}${broken.total > 0 ? `, ${broken.total} times` : ''}: ${why}`;
    });
}
