import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '@onsale/platform/database';
import type { Day } from '../domain/day.ts';
import { findStatistics, type Statistic } from '../persistence/statistics.ts';
import type { Held, Ranking } from '../ranking/ranking.ts';
import { statisticsPages } from './statistics-pages.ts';

export interface CompareRanking {
  readonly database: Database;
  readonly ranking: Pick<Ranking, 'look' | 'members'>;
  /** How long an update may be on its way to the ranking after its commit, in milliseconds. */
  readonly settleMs?: number;
}

const place = ({ quantitySold }: Statistic): number => Math.max(0, quantitySold);

/**
 * Counts the products whose place in the ranking is not what the table says, while both go on changing: what looks
 * wrong is looked at a second time, when an update that was on its way must have arrived.
 */
export const compareRanking =
  ({ database, ranking, settleMs = 1_000 }: CompareRanking) =>
  async (day: Day): Promise<number> => {
    const lookUp = (productIds: readonly string[]) =>
      database.readPrimary((reading) => findStatistics(reading, day, productIds));
    const known = new Set<string>();
    const doubtful: Statistic[] = [];
    for await (const page of statisticsPages(database, day)) {
      const held = byProduct(
        await ranking.look(
          day,
          page.map(({ productId }) => productId),
        ),
      );
      for (const row of page) {
        known.add(row.productId);
        if (!agree(row, held.get(row.productId))) doubtful.push(row);
      }
    }
    let differences = 0;
    for (const rows of portionsOf(doubtful)) {
      await pause(settleMs);
      const productIds = rows.map(({ productId }) => productId);
      // The table second: the ranking cannot be ahead of what is committed by then.
      const held = byProduct(await ranking.look(day, productIds));
      const now = byProduct(await lookUp(productIds));
      for (const before of rows) {
        const after = now.get(before.productId);
        const holds = held.get(before.productId);
        if (after === undefined || holds === undefined || differs(before, holds, after)) differences += 1;
      }
    }
    for await (const members of ranking.members(day)) {
      const strangers = members.filter((productId) => !known.has(productId));
      if (strangers.length > 0) differences += strangers.length - (await lookUp(strangers)).length;
    }
    return differences;
  };

const agree = (row: Statistic, held: Held | undefined): boolean =>
  held?.version === row.version && held.quantitySold === place(row);

/** The ranking lacks what was committed long enough ago, has what never was, or another place for the same version. */
function differs(before: Statistic, held: Held, after: Statistic): boolean {
  if (held.version < before.version || held.version > after.version) return true;
  return [before, after].some((row) => row.version === held.version && place(row) !== held.quantitySold);
}

const byProduct = (rows: readonly Statistic[]): Map<string, Statistic> =>
  new Map(rows.map((row) => [row.productId, row]));

function* portionsOf(rows: readonly Statistic[]): Iterable<readonly Statistic[]> {
  for (let start = 0; start < rows.length; start += 1_000) yield rows.slice(start, start + 1_000);
}
