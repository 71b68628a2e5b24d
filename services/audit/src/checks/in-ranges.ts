import type { Reader } from '../snapshot/connect.ts';
import { type Broken, NAMED_ROWS } from './find-broken.ts';

const ROWS_A_RANGE = 50_000;

export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/** Looks at a table with ascending numbers for ids piece by piece, so that no statement grows with the table. */
export async function inRanges(
  reader: Pick<Reader, 'rows'>,
  table: 'outbox',
  look: (range: IdRange & Record<string, number>) => Promise<Broken>,
): Promise<Broken> {
  const [ends] = await reader.rows(`SELECT MIN(id) AS first, MAX(id) AS last FROM ${table}`);
  let total = 0;
  const rows: Broken['rows'][number][] = [];
  for (let first = Number(ends?.first ?? 1); first <= Number(ends?.last ?? 0); first += ROWS_A_RANGE) {
    const found = await look({ first, last: first + ROWS_A_RANGE - 1 });
    total += found.total;
    rows.push(...found.rows.slice(0, NAMED_ROWS - rows.length));
  }
  return { total, rows };
}
