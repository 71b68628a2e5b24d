import type { FieldError } from '../domain-error.ts';

/** A refusal as it goes out: RFC 9457 `application/problem+json` with a `code`. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly retryAfterSeconds?: number | undefined;
  readonly errors?: readonly FieldError[] | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A refusal that belongs to HTTP itself (401, 404, 405, 413, 415 …), thrown to be answered as that problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}
