import { SaleError } from '../sale/sale-error.ts';
import type { LoadResult } from './load-result.ts';
import type { LoadRun } from './load-run.ts';
import { singleRequests } from './single-requests.ts';

/** Looks for the highest rate that the shop bears, with more and more players. @throws SaleError when nothing was answered */
export async function peak(load: LoadRun): Promise<LoadResult> {
  const { summary } = await singleRequests(load);
  const levels = summary.levels.map(({ players, answered, failed, seconds }) => ({
    vus: players,
    perSecond: Math.round((answered / seconds) * 10) / 10,
    failed,
  }));
  for (const { vus, perSecond, failed } of levels) {
    console.log(`${String(vus).padStart(4)} at once: ${perSecond.toFixed(1)} answered a second, ${failed} failed`);
  }
  const best = levels.reduce((most, level) => (level.perSecond > most.perSecond ? level : most));
  if (best.perSecond === 0) throw new SaleError('not one request was answered');
  return { verdict: 'kept', perSecond: best.perSecond, vus: best.vus, levels };
}
