import type { Problem } from './problem.ts';

/** A refusal that belongs to HTTP itself (401, 404, 405, 413, 415 …), thrown to be answered as that problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}
