import type { Database } from '@onsale/platform/database';
import { claimEvents } from '@onsale/platform/messaging';
import type { Logger } from '@onsale/platform/telemetry';
import { type Sale, sumSales } from '../domain/sale.ts';
import { passGate } from '../persistence/pass-gate.ts';
import { addToStatistics, type DayStatistics, findStatistics } from '../persistence/statistics.ts';
import type { Ranking } from '../ranking/ranking.ts';
import type { RankingMetrics } from '../ranking/ranking-metrics.ts';

/** The name under which sales are noted as counted; the group of the consumer too. */
export const SALES_CONSUMER = 'bestseller';

/** An event that says what was sold. */
export interface SaleEvent {
  readonly id: string;
  readonly data: Sale;
}

export interface CountSales {
  readonly database: Database;
  readonly ranking: Pick<Ranking, 'update'>;
  readonly metrics: RankingMetrics;
  readonly log: Logger;
}

/**
 * Counts sales once, however often they come: in one transaction with the note that they are counted. Then the live
 * ranking is told, and that may fail.
 */
export const countSales =
  ({ database, ranking, metrics, log }: CountSales) =>
  async (events: readonly SaleEvent[]): Promise<void> => {
    // A topic may hold the same event twice.
    const byId = new Map(events.map((event) => [event.id, event.data]));
    const { value: touched } = await database.transaction('sales.count', async (tx) => {
      await passGate(tx, 'shared');
      const fresh = await claimEvents(tx, SALES_CONSUMER, [...byId.keys()]);
      await addToStatistics(tx, sumSales([...byId].flatMap(([id, sale]) => (fresh.has(id) ? [sale] : []))));
      // Of all events, since one that comes again may have been counted by a process that did not live to tell.
      const days: DayStatistics[] = [];
      for (const [day, changes] of Map.groupBy(sumSales([...byId.values()]), (change) => change.day)) {
        const productIds = changes.map(({ productId }) => productId);
        days.push({ day, rows: await findStatistics(tx, day, productIds) });
      }
      return days;
    });
    for (const { day, rows } of touched) {
      try {
        await ranking.update(day, rows);
      } catch (error) {
        metrics.updateFailures.inc();
        log.debug({ err: error, day }, 'the live ranking was not told; it is mended later');
      }
    }
  };
