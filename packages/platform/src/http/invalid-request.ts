import type { FieldError } from '../domain-error.ts';
import { ProblemError } from './problem-error.ts';

/** 400 `invalid-request` with what is wrong, field by field. */
export function invalidRequest(errors: readonly FieldError[]): ProblemError {
  const detail = 'The request does not have the form this route takes.';
  return new ProblemError({ status: 400, code: 'invalid-request', detail, errors });
}
