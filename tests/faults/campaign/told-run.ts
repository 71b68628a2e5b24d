import type { Figures } from './figures.ts';
import type { RunResult } from './play-run.ts';

/** What is said of a run in the end. */
export type ToldRun = { readonly seed: string } & (
  | { readonly verdict: 'passed' | 'violated' | 'unproven'; readonly result: RunResult }
  | { readonly verdict: 'failed'; readonly why: string }
);

/** A violation outweighs what was not proven. */
export function verdictOf({ violations, unproven }: RunResult): 'passed' | 'violated' | 'unproven' {
  if (violations.length > 0) return 'violated';
  return unproven.length > 0 ? 'unproven' : 'passed';
}

export const figuresOf = (told: readonly ToldRun[]): Figures[] =>
  told.flatMap((run) => (run.verdict === 'failed' ? [] : [run.result.figures]));

/** For programs: the runs with their verdicts, in JSON. */
export function reportOf(told: readonly ToldRun[]): string {
  const runs = told.map((run) => {
    if (run.verdict === 'failed') return run;
    const { seed, verdict, result } = run;
    return { seed, verdict, ...result };
  });
  return `${JSON.stringify(runs, undefined, 2)}\n`;
}
