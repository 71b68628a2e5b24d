import type { BrokenRow } from '../report/audit-report.ts';
import { type Broken, NAMED_ROWS } from './find-broken.ts';

/** Counts what is broken, and keeps the first rows to be named. */
export interface BrokenList extends Broken {
  add(problem: string, row: BrokenRow['row']): void;
}

export function brokenList(): BrokenList {
  const rows: BrokenRow[] = [];
  let total = 0;
  return {
    rows,
    get total() {
      return total;
    },
    add(problem, row) {
      total += 1;
      if (rows.length < NAMED_ROWS) rows.push({ problem, row });
    },
  };
}
