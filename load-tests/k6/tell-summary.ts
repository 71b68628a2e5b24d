import { tell } from './tell.ts';

/** What k6 hands to handleSummary, as far as it is used here. */
export interface EndData {
  readonly metrics: Readonly<Record<string, { readonly values: Readonly<Record<string, number>> } | undefined>>;
}

/** A stretch of a load with its own number of players. */
export interface Level {
  /** Of its k6 scenario. */
  readonly name: string;
  readonly players: number;
  readonly seconds: number;
}

const inLevel = (metric: string, { name }: Level) => `${metric}{scenario:${name}}`;

/** k6 keeps a metric's count by scenario only where a threshold asks for it; this one always holds. */
export const countedByLevel = (levels: readonly Level[]): Record<string, readonly string[]> =>
  Object.fromEntries(
    levels.flatMap((level) => ['load_answered', 'load_failed'].map((metric) => [inLevel(metric, level), ['count>=0']])),
  );

/** Tells the counts and times of a load of single requests. */
export function tellSummary({ metrics }: EndData, levels: readonly Level[]): void {
  const value = (metric: string, name: string) => metrics[metric]?.values[name] ?? 0;
  const count = (metric: string) => value(metric, 'count');
  tell({
    told: 'summary',
    requests: count('load_requests'),
    failed: count('load_failed'),
    refused: count('load_refused'),
    notSent: count('dropped_iterations'),
    p50Ms: value('load_took', 'p(50)'),
    p99Ms: value('load_took', 'p(99)'),
    maxMs: value('load_took', 'max'),
    levels: levels.map((level) => ({
      players: level.players,
      answered: count(inLevel('load_answered', level)),
      failed: count(inLevel('load_failed', level)),
      seconds: level.seconds,
    })),
  });
}
