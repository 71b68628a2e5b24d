import type { Database } from '@onsale/platform/database';
import type { Day } from '../domain/day.ts';
import { passGate } from '../persistence/pass-gate.ts';
import { recountDay } from '../persistence/recount-day.ts';
import { allStatistics, findStatistics, setStatistics } from '../persistence/statistics.ts';
import type { Ranking } from '../ranking/ranking.ts';
import { SALES_CONSUMER } from './count-sales.ts';

export interface RecountStatistics {
  readonly database: Database;
  readonly ranking: Pick<Ranking, 'update'>;
}

export interface Recount {
  readonly products: number;
  readonly corrected: number;
  /** Why the live ranking could not be told; its own job mends it then. */
  readonly rankingFailure?: unknown;
}

/** Sets the statistics of a day to what the orders say, while the counting of sales waits at the gate. */
export const recountStatistics =
  ({ database, ranking }: RecountStatistics) =>
  async (day: Day): Promise<Recount> => {
    const { value } = await database.transaction('statistics.recount', async (tx) => {
      await passGate(tx, 'alone');
      const wanted = new Map((await recountDay(tx, day, SALES_CONSUMER)).map((row) => [row.productId, row]));
      const present = new Map((await allStatistics(tx, day)).map((row) => [row.productId, row]));
      const changes = [...new Set([...wanted.keys(), ...present.keys()])].sort().flatMap((productId) => {
        const quantitySold = wanted.get(productId)?.quantitySold ?? 0;
        return (present.get(productId)?.quantitySold ?? 0) === quantitySold ? [] : [{ productId, quantitySold }];
      });
      await setStatistics(tx, day, changes);
      const corrected = await findStatistics(
        tx,
        day,
        changes.map(({ productId }) => productId),
      );
      return { products: wanted.size, corrected };
    });
    const recount = { products: value.products, corrected: value.corrected.length };
    try {
      await ranking.update(day, value.corrected);
      return recount;
    } catch (rankingFailure) {
      return { ...recount, rankingFailure };
    }
  };
