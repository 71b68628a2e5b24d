import { setTimeout as delay } from 'node:timers/promises';
import { type LeadJobOptions, leadJob } from '@onsale/platform/database';
import type { Clock, Job } from '@onsale/platform/service';
import { dayOf, daysUpTo } from '../domain/day.ts';
import type { Ranking } from '../ranking/ranking.ts';
import type { keepRanking } from '../usecases/keep-ranking.ts';

export interface RankingJob {
  readonly keep: ReturnType<typeof keepRanking>;
  readonly ranking: Pick<Ranking, 'connections'>;
  readonly clock: Clock;
  readonly checkMs: number;
  readonly compareMs: number;
}

/** The part `ranking`: keeps the rankings of today and yesterday whole, and as the table has them. */
export function rankingJob(
  foundations: Pick<LeadJobOptions, 'database' | 'election' | 'log' | 'metrics'>,
  { keep, ranking, clock, checkMs, compareMs }: RankingJob,
): Job {
  const { log } = foundations;

  const lookAfter = async (signal: AbortSignal): Promise<void> => {
    // What was lost while Redis was away, or brought back old by it, is looked for as soon as it is there again.
    let compared: { readonly at: number; readonly connections: number } | undefined;
    while (!signal.aborted) {
      const connections = ranking.connections();
      const now = performance.now();
      const due = compared === undefined || compared.connections !== connections || now - compared.at >= compareMs;
      try {
        for (const day of daysUpTo(dayOf(clock.now()), 2).toReversed()) {
          const whole = await keep.makeWhole(day);
          if (due && whole) await keep.mend(day);
        }
        if (due) compared = { at: now, connections };
      } catch (error) {
        if (compared !== undefined) log.warn({ err: error }, 'the live ranking cannot be looked after');
        compared = undefined;
      }
      await delay(checkMs, undefined, { signal }).catch(() => undefined);
    }
  };

  return leadJob({ ...foundations, part: 'ranking', lock: 'ranking', work: lookAfter });
}
