import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Request, RequestHandler, Response } from 'express';
import type { Ids } from '../service/ids.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import { contextFromHeaders } from '../telemetry/trace-headers.ts';
import type { Exchange } from './exchange.ts';
import type { Farewell } from './farewell.ts';
import type { HttpMetrics } from './http-metrics.ts';
import type { InFlightLimit } from './in-flight-limit.ts';
import { sendProblem } from './problem.ts';
import type { Problem } from './problem-error.ts';

export interface ExchangeOptions {
  readonly log: Logger;
  readonly ids: Ids;
  readonly metrics: HttpMetrics;
  readonly inFlight: InFlightLimit;
  readonly trustTraceContext: boolean;
  /** Tells answers to ask their clients to leave, from the moment of draining on. */
  readonly farewell: Farewell;
}

const requestIdShape = /^[A-Za-z0-9._-]{1,64}$/;
/** What a client that hung up before the answer is counted and logged as. */
const CLIENT_CLOSED_REQUEST = 499;
const LONGEST_LOGGED_PATH = 200;
const NO_TRACE = '0'.repeat(32);

const overloaded: Problem = {
  status: 503,
  code: 'overloaded',
  detail: 'Too many requests are being worked on.',
  retryAfterSeconds: 1,
};

/**
 * The first and the last word on every request: its id, its server span, its place among those in flight, and, when
 * all is over, its log line and metrics. The span is our own because the library's HTTP and Express instrumentations
 * cost more than half of the throughput.
 */
export function beginExchange(options: ExchangeOptions): RequestHandler {
  const { log, ids, metrics, inFlight, trustTraceContext, farewell } = options;
  const tracer = trace.getTracer('onsale');

  return (request, response, next) => {
    const startedAt = performance.now();
    const parent = trustTraceContext ? contextFromHeaders(request.headers) : ROOT_CONTEXT;
    const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER }, parent);
    const requestId = requestIdOf(request) ?? ids.next();
    const traceId = span.spanContext().traceId;
    const leave = inFlight.enter();
    let holds = 1;
    const release = () => {
      holds -= 1;
      if (holds === 0) leave?.();
    };
    const exchange: Exchange = {
      requestId,
      traceId: traceId === NO_TRACE ? requestId : traceId,
      context: trace.setSpan(parent, span),
      span,
      route: undefined,
      userId: undefined,
      code: undefined,
      holdFor(work) {
        holds += 1;
        work.then(release, release);
      },
    };
    response.locals.exchange = exchange;
    response.setHeader('X-Request-Id', requestId);
    farewell.greet(response);
    response.once('close', () => {
      release();
      finish(request, response, exchange, performance.now() - startedAt);
    });
    if (leave === undefined) {
      metrics.shed.inc();
      sendProblem(response, overloaded);
      return;
    }
    context.with(exchange.context, next);
  };

  function finish(request: Request, response: Response, exchange: Exchange, durationMs: number): void {
    const { route = '(none)', span, requestId, userId, code } = exchange;
    const { method } = request;
    const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
    metrics.duration.observe({ method, route, status }, durationMs / 1_000);
    const path = request.originalUrl.split('?', 1)[0]?.slice(0, LONGEST_LOGGED_PATH) ?? '';
    const rounded = Math.round(durationMs * 100) / 100;
    const line = { requestId, method, route, path, status, code, userId, durationMs: rounded };
    context.with(exchange.context, () => log.info(line, 'request'));
    if (span.isRecording()) {
      span.updateName(`${method} ${route}`);
      span.setAttributes({
        'http.request.method': method,
        'http.route': route,
        'url.path': path,
        'http.response.status_code': status,
        'request.id': requestId,
      });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
  }
}

function requestIdOf(request: Request): string | undefined {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && requestIdShape.test(given) ? given : undefined;
}
