import type { Database } from '@onsale/platform/database';
import type { Ids } from '@onsale/platform/service';
import type { Logger } from '@onsale/platform/telemetry';
import type { Day } from '../domain/day.ts';
import type { Ranking } from '../ranking/ranking.ts';
import type { RankingMetrics } from '../ranking/ranking-metrics.ts';
import { compareRanking } from './compare-ranking.ts';
import { statisticsPages } from './statistics-pages.ts';

export interface KeepRanking {
  readonly database: Database;
  readonly ranking: Ranking;
  readonly metrics: RankingMetrics;
  readonly ids: Ids;
  readonly log: Logger;
  /** How long an update may be on its way to the ranking after its commit, in milliseconds. */
  readonly settleMs?: number;
}

/** Looks after the live ranking of a day, which follows the table and may be lost at any moment. */
export function keepRanking(ports: KeepRanking) {
  const { database, ranking, metrics, ids, log } = ports;
  const compare = compareRanking(ports);

  const rebuild = async (day: Day): Promise<boolean> => {
    const whole = await ranking.rebuild(day, ids.next(), statisticsPages(database, day));
    metrics.rebuilds.inc();
    log.info({ day, whole }, 'the live ranking was made anew');
    return whole;
  };

  return {
    /** Makes the ranking anew unless it is whole. Answers whether it is. */
    async makeWhole(day: Day): Promise<boolean> {
      return (await ranking.top(day, 1)) !== undefined || rebuild(day);
    },
    /** Compares all of the ranking with the table, and makes it anew when they differ. Answers how much did. */
    async mend(day: Day): Promise<number> {
      const differences = await compare(day);
      if (differences === 0) return 0;
      metrics.mended.inc(differences);
      log.warn({ day, differences }, 'the live ranking was not what the table says');
      await rebuild(day);
      return differences;
    },
  };
}
