import { context } from '@opentelemetry/api';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from '../telemetry/create-logger.ts';
import { bearerToken } from './bearer-token.ts';
import type { Caller, VerifyToken } from './caller.ts';
import type { Exchange } from './exchange.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { parseInput } from './parse-input.ts';
import { ProblemError } from './problem-error.ts';
import { readBody } from './read-body.ts';
import type { Reply } from './reply.ts';
import type { AnyRoute } from './route.ts';
import { sendReply } from './send-reply.ts';
import { withinTimeLimit } from './time-limit.ts';

export interface ServeOptions {
  readonly verifyToken: VerifyToken | undefined;
  readonly bodyLimitBytes: number;
  readonly timeLimitMs: number;
  readonly log: Logger;
}

/**
 * Serves one route. Every check comes before the next dearer one, and in the order the API promises: token, role,
 * content type, size, JSON, schema, owner, idempotency key; then the route's own work within the time limit.
 */
export function serveRoute(route: AnyRoute, options: ServeOptions): RequestHandler {
  const { verifyToken, bodyLimitBytes, timeLimitMs, log } = options;

  return async (request, response) => {
    const { exchange } = response.locals;
    if (exchange === undefined) throw new Error('A route is served behind beginExchange only');
    exchange.route = route.path;
    const caller = await callerOf(request, exchange);
    const bodyText = route.body && (await readBody(request, bodyLimitBytes));
    const input = parseInput(route, request, bodyText);
    if (route.owner && route.owner(input) !== caller?.userId) throw notOwner();
    const idempotencyKey = idempotencyKeyOf(request.headers['idempotency-key'], route.idempotencyKey);
    const { requestId } = exchange;
    const controller = abortOnHangUp(response);
    // Reading a body leaves the context that the request came in.
    const work = context.with(exchange.context, () =>
      route.handle({ ...input, caller, idempotencyKey, requestId, signal: controller.signal }),
    );
    exchange.holdFor(work);
    sendReply(response, await limited(work, controller, exchange));
  };

  async function callerOf(request: Request, exchange: Exchange): Promise<Caller | undefined> {
    if (route.access === 'anyone' || verifyToken === undefined) return undefined;
    const verified = verifyToken(bearerToken(request.headers.authorization));
    const caller = verified instanceof Promise ? await verified : verified;
    exchange.userId = caller.userId;
    if (route.access === 'admin' && caller.role !== 'admin') throw roleRequired();
    return caller;
  }

  async function limited(work: Promise<Reply>, controller: AbortController, exchange: Exchange): Promise<Reply> {
    try {
      return await withinTimeLimit(work, timeLimitMs, controller);
    } catch (error) {
      if (controller.signal.aborted && error === controller.signal.reason) {
        work.catch((late: unknown) => log.warn({ err: late, requestId: exchange.requestId }, 'failed after its time'));
      }
      throw error;
    }
  }
}

function abortOnHangUp(response: Response): AbortController {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new Error('The client hung up'));
  });
  return controller;
}

const roleRequired = () =>
  new ProblemError({ status: 403, code: 'role-required', detail: 'This route needs the role admin.' });

const notOwner = () =>
  new ProblemError({ status: 403, code: 'not-owner', detail: 'The access token belongs to another user.' });
