import { context } from '@opentelemetry/api';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from '../telemetry/create-logger.ts';
import { recordError } from '../telemetry/with-span.ts';
import { invalidRequest } from './invalid-request.ts';
import { problemOf, sendProblem } from './problem.ts';
import type { Problem } from './problem-error.ts';

const internal: Problem = { status: 500, code: 'internal', detail: 'Something went wrong; the trace id names it.' };
const notFound: Problem = { status: 404, code: 'route-not-found', detail: 'There is nothing at this address.' };
const badPath = invalidRequest([
  { field: '', in: 'params', rule: 'percent-encoding', message: 'The path must be percent-encoded UTF-8' },
]);

/** Answers what no route has answered: 405 with Allow where the path is known, else 404. */
export const answerUnmatched: RequestHandler = (_request, response) => {
  const { allowed } = response.locals;
  if (allowed === undefined) return sendProblem(response, notFound);
  const allow = [...allowed].join(', ');
  const detail = `This address takes ${allow}.`;
  sendProblem(response, { status: 405, code: 'method-not-allowed', detail, headers: { Allow: allow } });
};

/** Turns what was thrown into its problem; what nobody meant for a client is logged and answered as `internal`. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request, response, _next) => {
    const problem = problemOf(isBadPath(error) ? badPath : error);
    const { exchange } = response.locals;
    if (exchange && (problem?.status ?? internal.status) >= 500) recordError(exchange.span, error);
    // What is unavailable is told to the client without its cause; the cause is for us.
    const level = problem === undefined ? 'error' : hasCause(error) ? 'warn' : undefined;
    if (level && exchange) {
      const { requestId, route } = exchange;
      context.with(exchange.context, () => log[level]({ err: error, requestId, route }, 'request failed'));
    }
    if (response.headersSent && !response.writableEnded) response.destroy();
    sendProblem(response, problem ?? internal);
  };
}

const hasCause = (error: unknown) => error instanceof Error && error.cause !== undefined;

/** The router's own complaint about a path that cannot be decoded. */
function isBadPath(error: unknown): boolean {
  return error instanceof URIError && 'status' in error && error.status === 400;
}
