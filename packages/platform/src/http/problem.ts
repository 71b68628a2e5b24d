import { STATUS_CODES } from 'node:http';
import type { Response } from 'express';
import { DomainError, type ErrorKind } from '../domain-error.ts';
import { type Problem, ProblemError } from './problem-error.ts';

const statusOf: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  denied: 403,
  missing: 404,
  conflict: 409,
  expired: 410,
  rule: 422,
  unavailable: 503,
};

/** What a thrown error says to the client; undefined for an error nobody meant a client to see. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof ProblemError) return error.problem;
  if (!(error instanceof DomainError)) return undefined;
  return {
    status: statusOf[error.kind],
    code: error.code,
    detail: error.message,
    // A client told that something is away must also hear when to come back.
    retryAfterSeconds: error.retryAfterSeconds ?? (error.kind === 'unavailable' ? 1 : undefined),
    errors: error.errors,
  };
}

/** Answers with a problem document. Does nothing when the answer has begun. */
export function sendProblem(response: Response, problem: Problem): void {
  if (response.headersSent || response.destroyed) return;
  const { exchange } = response.locals;
  if (exchange) exchange.code = problem.code;
  const text = JSON.stringify({
    type: 'about:blank',
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
    traceId: exchange?.traceId,
    errors: problem.errors,
  });
  for (const name in problem.headers) response.setHeader(name, problem.headers[name] ?? '');
  if (problem.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(problem.retryAfterSeconds));
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.statusCode = problem.status;
  response.end(text);
}
