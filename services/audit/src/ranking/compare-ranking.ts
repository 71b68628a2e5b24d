import type { LiveRanking } from '../outside/read-ranking.ts';
import type { BrokenRow } from '../report/audit-report.ts';

/** What the table says of a product today. */
export interface Sold {
  readonly productId: string;
  readonly quantitySold: number;
  readonly version: string;
}

/** Where a ranking differs from the table that it is made from. */
export function compareRanking(table: readonly Sold[], { whole, scores, versions }: LiveRanking): BrokenRow[] {
  if (!whole) {
    // Readers do not trust it: what is in it matters to nobody.
    return table.length === 0
      ? []
      : [{ problem: 'the ranking is not marked as whole', row: { products: table.length } }];
  }
  const broken: BrokenRow[] = [];
  const unknown = new Set([...scores.keys(), ...versions.keys()]);
  for (const { productId, quantitySold, version } of table) {
    unknown.delete(productId);
    const score = scores.get(productId);
    const told = versions.get(productId);
    const expected = quantitySold > 0 ? -quantitySold : undefined;
    if (score !== expected || told !== version) {
      const problem = "a product's score or version is not the table's";
      broken.push({ problem, row: { productId, quantitySold, version, score, toldVersion: told } });
    }
  }
  for (const productId of unknown) {
    broken.push({
      problem: 'a product in the ranking was not sold today',
      row: { productId, score: scores.get(productId) },
    });
  }
  return broken;
}
