/** `failed`: it could not be played or judged. */
export type Verdict = 'kept' | 'broken' | 'failed';

/** How a load ended, for programs: the last line of its output. */
export interface LoadResult {
  readonly verdict: Verdict;
  readonly [figure: string]: unknown;
}
