import type { Reader, SqlValues } from '../snapshot/connect.ts';

/** Runs a statement that selects one row of numbers. */
export async function countAll(
  reader: Pick<Reader, 'rows'>,
  sql: string,
  values: SqlValues = {},
): Promise<Record<string, number>> {
  const [row = {}] = await reader.rows(sql, values);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value ?? 0)]));
}
