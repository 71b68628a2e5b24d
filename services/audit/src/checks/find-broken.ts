import type { BrokenRow } from '../report/audit-report.ts';
import type { Reader, SqlValues } from '../snapshot/connect.ts';

/** The most rows named for each way in which a promise is broken. */
export const NAMED_ROWS = 20;

/** One way to break a promise: the rows that the statement selects do. */
export interface Probe {
  readonly problem: string;
  readonly sql: string;
}

export interface Broken {
  readonly total: number;
  readonly rows: readonly BrokenRow[];
}

/** Runs the probes one after the other: all broken rows are counted, the first are named. */
export async function findBroken(
  reader: Pick<Reader, 'rows'>,
  probes: readonly Probe[],
  values: SqlValues = {},
): Promise<Broken> {
  const rows: BrokenRow[] = [];
  let total = 0;
  for (const { problem, sql } of probes) {
    const found = await reader.rows(
      `SELECT COUNT(*) OVER () AS brokenInAll, broken.* FROM (${sql}) AS broken LIMIT ${NAMED_ROWS}`,
      values,
    );
    total += Number(found[0]?.brokenInAll ?? 0);
    rows.push(...found.map(({ brokenInAll: _, ...row }) => ({ problem, row })));
  }
  return { total, rows: rows.slice(0, NAMED_ROWS) };
}
