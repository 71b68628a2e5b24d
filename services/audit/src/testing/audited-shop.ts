import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditOptions } from '../audit-options.ts';
import type { AuditReport, CheckReport } from '../report/audit-report.ts';
import { runAudit } from '../run-audit.ts';
import { type PlantedShop, plantedShop } from './planted-shop.ts';

/** Options that wait for nothing. */
export const quick = { waitMs: 0, stillMs: 50, mendMs: 0 };

/** The planted shop, its client's log, and audits of both. */
export interface AuditedShop {
  readonly planted: PlantedShop;
  /** Path of the client's log. */
  readonly log: string;
  readonly rebuild: (...as: Parameters<PlantedShop['build']>) => Promise<void>;
  readonly audit: (options?: Partial<AuditOptions>) => Promise<AuditReport>;
  close(): Promise<void>;
}

export async function auditedShop(): Promise<AuditedShop> {
  const planted = await plantedShop();
  const folder = await mkdtemp(join(tmpdir(), 'onsale-audit-'));
  const log = join(folder, 'answers.jsonl');
  return {
    planted,
    log,
    rebuild: async (...as) => {
      const shop = await planted.build(...as);
      await writeFile(log, shop.log.map((line) => `${JSON.stringify(line)}\n`).join(''));
    },
    audit: (options = {}) => runAudit({ ...planted.options(), clientLog: log, ...quick, ...options }),
    close: async () => {
      await planted.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const notKept = ({ checks }: AuditReport): CheckReport[] => checks.filter(({ state }) => state !== 'kept');

/** Names what is not kept; and why, of a check that could not run. */
export const broken = (report: AuditReport): string[] =>
  notKept(report).map(({ name, state, remarks }) => (state === 'failed' ? `${name}: ${remarks}` : name));
