import { type Span, SpanKind } from '@opentelemetry/api';
import { Pool } from 'undici';
import type { z } from 'zod';
import { DomainError } from '../../domain-error.ts';
import { uuidIds } from '../../service/ids.ts';
import { injectTraceHeaders } from '../../telemetry/trace-headers.ts';
import { withSpan } from '../../telemetry/with-span.ts';
import { createInFlightLimit } from '../in-flight-limit.ts';
import { createClientBreaker } from './client-breaker.ts';
import { clientMetrics } from './client-metrics.ts';
import { fetchAnswer } from './fetch-answer.ts';
import type { CallPath, HttpCallOptions, HttpClient, HttpClientOptions } from './http-client.ts';
import { HttpRefusal } from './http-refusal.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { OutgoingRequest } from './outgoing-request.ts';

/** A client with a pool of connections and a circuit breaker of its own. It follows no redirect and repeats nothing. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { name: client, timeoutMs, log, connections = 16, waiting = 64, maxAnswerBytes = 1_048_576 } = options;
  const { origin, hostname, port, pathname } = new URL(options.baseUrl);
  const prefix = pathname.replace(/\/$/, '');
  const ids = options.ids ?? uuidIds;
  const metrics = clientMetrics(options.metrics);
  const breaker = createClientBreaker({ client, settings: options.breaker ?? {}, log, metrics });
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    // A call's own time-out covers all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: timeoutMs },
  });
  const places = createInFlightLimit(connections + waiting);

  const requestOf = (method: 'GET' | 'POST', path: CallPath, body: string | undefined): OutgoingRequest => {
    const requestId = ids.next();
    return {
      client,
      method,
      path: `${prefix}${path}`,
      body,
      requestId,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...options.headers,
        'x-request-id': requestId,
        ...injectTraceHeaders(),
      },
    };
  };

  const exchange = async <T>(
    span: Span,
    request: OutgoingRequest,
    schema: z.ZodType<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    span.setAttribute('request.id', request.requestId);
    const leave = places.enter();
    if (leave === undefined) {
      throw new DomainError('unavailable', 'too-many-calls', `Too many calls of ${client} are under way`);
    }
    try {
      return await breaker.run(async () => {
        const stop = metrics.duration.startTimer({ client });
        const answer = await fetchAnswer(pool, request, { timeoutMs, maxAnswerBytes, signal }).finally(stop);
        span.setAttribute('http.response.status_code', answer.status);
        return judgeAnswer(request, answer, schema);
      });
    } finally {
      leave();
    }
  };

  const call = <T>(
    method: 'GET' | 'POST',
    path: CallPath,
    body: string | undefined,
    schema: z.ZodType<T>,
    { signal }: HttpCallOptions = {},
  ): Promise<T> => {
    const attributes = {
      'http.request.method': method,
      'url.path': `${prefix}${path.split('?', 1)[0]}`,
      'server.address': hostname,
      ...(port !== '' && { 'server.port': Number(port) }),
      'peer.service': client,
    };
    return withSpan(`${method} ${client}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      try {
        const result = await exchange(span, requestOf(method, path, body), schema, signal);
        metrics.calls.inc({ client, outcome: 'ok' });
        return result;
      } catch (error) {
        metrics.calls.inc({ client, outcome: signal?.aborted ? 'aborted' : outcomeOf(error) });
        throw error;
      }
    });
  };

  return {
    get: (path, schema, callOptions) => call('GET', path, undefined, schema, callOptions),
    post: (path, body, schema, callOptions) => call('POST', path, JSON.stringify(body), schema, callOptions),
    async close() {
      breaker.stop();
      await pool.destroy();
    },
  };
}

function outcomeOf(error: unknown): string {
  if (error instanceof HttpRefusal) return error.reason;
  return error instanceof DomainError ? error.code : 'failed';
}
