import { Counter, type Registry } from 'prom-client';

export interface RankingMetrics {
  readonly updateFailures: Counter;
  readonly rebuilds: Counter;
  readonly mended: Counter;
}

/** Says how the live ranking fares beside the table that it follows. */
export function createRankingMetrics(metrics: Registry): RankingMetrics {
  const registers = [metrics];
  return {
    updateFailures: new Counter({
      name: 'ranking_update_failures_total',
      help: 'Updates that did not reach the live ranking; the comparison mends what they left out',
      registers,
    }),
    rebuilds: new Counter({
      name: 'ranking_rebuilds_total',
      help: 'How often a live ranking was made anew from the table',
      registers,
    }),
    mended: new Counter({
      name: 'ranking_mended_total',
      help: 'Products whose place in a live ranking was not what the table says',
      registers,
    }),
  };
}
