import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { z } from 'zod';
import { eventually } from '../../service/testing/start-test-service.ts';
import { recordSpans } from '../../telemetry/testing/record-spans.ts';
import { withSpan } from '../../telemetry/with-span.ts';
import type { HttpClientOptions } from './http-client.ts';
import { startTestUpstream, type TestUpstream } from './testing/test-upstream.ts';

const exporter = recordSpans();
const shape = z.object({ id: z.string() });
let upstream: TestUpstream;
afterEach(() => upstream?.stop());

const start = async (listener?: RequestListener, options?: Partial<HttpClientOptions>): Promise<TestUpstream> => {
  upstream = await startTestUpstream(options);
  if (listener) upstream.answer(listener);
  return upstream;
};
const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const text =
  (body: string | Buffer, type = 'application/json'): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-type': type }).end(body);
const get = () => upstream.client.get('/things', shape);
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => Promise.reject(new Error('it went through')),
    (error: unknown) => error,
  );
const callsOf = (outcome: string) => upstream.metric('http_client_calls_total', { outcome });

describe('a call that goes through', () => {
  test('brings what the schema takes of the answer', async () => {
    await start(json(201, { id: 'a', more: 1 }));
    expect(await upstream.client.post('/things', { name: '응원봉' }, shape)).toEqual({ id: 'a' });
    expect(await callsOf('ok')).toBe(1);
  });

  test('sends the body as JSON, the given headers, an id of its own and the trace', async () => {
    let received = '';
    const echo: RequestListener = (request, response) => {
      request.setEncoding('utf8').on('data', (chunk) => {
        received += chunk;
      });
      request.on('end', () => json(200, { id: 'a' })(request, response));
    };
    await start(echo, { headers: { authorization: 'Bearer key' } });
    await withSpan('cause', {}, () => upstream.client.post('/things?x=1', { name: '응원봉' }, shape));
    const { url, method, headers } = upstream.requests[0] ?? {};
    expect([method, url, JSON.parse(received)]).toEqual(['POST', '/things?x=1', { name: '응원봉' }]);
    expect(headers).toMatchObject({ authorization: 'Bearer key', 'content-type': 'application/json' });

    const [call, cause] = exporter.getFinishedSpans();
    expect([call?.name, call?.kind]).toEqual(['POST upstream', SpanKind.CLIENT]);
    expect(call?.parentSpanContext?.spanId).toBe(cause?.spanContext().spanId);
    expect(headers?.traceparent).toBe(`00-${call?.spanContext().traceId}-${call?.spanContext().spanId}-01`);
    expect(call?.attributes).toMatchObject({
      'http.request.method': 'POST',
      'url.path': '/things',
      'http.response.status_code': 200,
      'request.id': headers?.['x-request-id'],
    });
  });

  test('goes below the path of the base', async () => {
    await start(json(200, { id: 'a' }));
    const below = await startTestUpstream({ baseUrl: `${upstream.url}/base/` });
    await below.client.get('/things', shape);
    await below.stop();
    expect(upstream.requests[0]?.url).toBe('/base/things');
  });
});

describe('a server that is away', () => {
  const unavailable = (code: string) => expect.objectContaining({ name: 'DomainError', kind: 'unavailable', code });

  test('is unavailable when nobody listens', async () => {
    await start();
    await upstream.goDown();
    expect(await failure(get())).toEqual(unavailable('upstream-unavailable'));
    expect(await callsOf('upstream-unavailable')).toBe(1);
    expect(exporter.getFinishedSpans()[0]?.status.code).toBe(SpanStatusCode.ERROR);
  });

  test.each<[string, RequestListener]>([
    ['hangs before the headers', () => undefined],
    ['hangs after the headers', (_, response) => response.writeHead(200).flushHeaders()],
    ['hangs in the middle of the body', (_, response) => void response.writeHead(200).write('{"id":')],
    [
      'drips bytes for ever',
      (_, response) => {
        const drip = setInterval(() => response.write(' '), 5);
        response.on('close', () => clearInterval(drip)).writeHead(200, { 'content-type': 'application/json' });
      },
    ],
  ])('is unavailable when it %s, and its connection is given up', async (_, listener) => {
    let gone = false;
    const watched: RequestListener = (request, response) => {
      response.on('close', () => {
        gone = true;
      });
      listener(request, response);
    };
    await start(watched, { timeoutMs: 100 });
    expect(await failure(get())).toEqual(unavailable('upstream-timed-out'));
    await eventually(() => gone);
  });

  test('is unavailable when it hangs up in the middle of the body', async () => {
    await start((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
      setImmediate(() => response.destroy());
    });
    expect(await failure(get())).toEqual(unavailable('upstream-unavailable'));
  });

  test('is unavailable when what answers does not speak HTTP', async () => {
    await start((request) => request.socket.end('SSH-2.0-OpenSSH_9\r\n'));
    expect(await failure(get())).toEqual(unavailable('upstream-unavailable'));
  });

  test.each([429, 502, 503, 504])('is unavailable when the answer is %d, for as long as it says', async (status) => {
    await start(json(status, {}, { 'retry-after': '7' }));
    expect(await failure(get())).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 7 });
  });
});

describe('a server that refuses', () => {
  const refusal = (reason: string, status: number) => expect.objectContaining({ name: 'HttpRefusal', reason, status });

  test.each([400, 401, 404, 409, 422, 500, 501])('with %d is there, and its code is told on', async (status) => {
    await start(json(status, { code: 'thing-unknown' }));
    const error = await failure(get());
    expect(error).toEqual(refusal('refused', status));
    expect(String(error)).toMatch(new RegExp(`${status} to GET /things of upstream .*: thing-unknown$`));
    expect(await callsOf('refused')).toBe(1);
  });

  test('with a redirect is not followed', async () => {
    await start(json(307, {}, { location: '/elsewhere' }));
    expect(await failure(get())).toEqual(refusal('refused', 307));
    expect(upstream.requests).toHaveLength(1);
  });

  test('with a page has its beginning told on, on one line', async () => {
    await start((_, response) => response.writeHead(500).end(`<h1>\n${'Oops '.repeat(1_000)}`));
    const { message } = z.object({ message: z.string() }).parse(await failure(get()));
    expect(message).toContain('<h1> Oops');
    expect(message).not.toContain('\n');
    expect(message.length).toBeLessThan(400);
  });

  test.each<[string, RequestListener]>([
    ['no JSON', text('<html>')],
    ['JSON that calls itself something else', text('{"id":"a"}', 'text/html')],
    ['nothing at all', (_, response) => response.writeHead(204).end()],
    ['no UTF-8', text(Buffer.from([0x22, 0xff, 0x22]))],
    ['another shape', json(200, { id: 7 })],
    ['more than it may', text(JSON.stringify({ id: 'x'.repeat(200_000) }))],
    [
      'more than it may, and never ends',
      (_, response) => {
        const pour = setInterval(() => response.write('x'.repeat(10_000)), 1);
        response.on('close', () => clearInterval(pour)).writeHead(200, { 'content-type': 'application/json' });
      },
    ],
  ])('is unreadable with %s', async (_, listener) => {
    await start(listener, { maxAnswerBytes: 100_000 });
    expect(await failure(get())).toMatchObject({ name: 'HttpRefusal', reason: 'unreadable' });
    expect(await callsOf('unreadable')).toBe(1);
  });

  test('by an answer that lies is caught by a schema that asks for the truth', async () => {
    await start(json(200, { id: 'b' }));
    const error = await failure(upstream.client.get('/things', z.object({ id: z.literal('a') })));
    expect(error).toEqual(refusal('unreadable', 200));
    expect(String(error)).toContain('id:');
  });
});

describe('a caller', () => {
  test('that gives up gets its own reason, and the call is cut short', async () => {
    let gone = false;
    await start((_, response) => {
      response.on('close', () => {
        gone = true;
      });
    });
    const controller = new AbortController();
    const call = failure(upstream.client.get('/things', shape, { signal: controller.signal }));
    await eventually(() => upstream.requests.length === 1);
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await call).toBe(reason);
    expect(await callsOf('aborted')).toBe(1);
    await eventually(() => gone);
  });

  test('that has given up before does not call', async () => {
    await start(json(200, { id: 'a' }));
    const reason = new Error('enough');
    expect(await failure(upstream.client.get('/things', shape, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(upstream.requests).toHaveLength(0);
  });

  test('finds a bound on connections, and a bound on who waits for one', async () => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const holding: RequestListener = (request, response) =>
      void held.then(() => json(200, { id: 'a' })(request, response));
    await start(holding, { connections: 2, waiting: 1 });
    const calls = [get(), get(), get()];
    await eventually(() => upstream.requests.length === 2);
    expect(await failure(get())).toMatchObject({ kind: 'unavailable', code: 'too-many-calls' });
    expect(upstream.requests).toHaveLength(2);
    letGo();
    expect(await Promise.all(calls)).toHaveLength(3);
    expect(await get()).toEqual({ id: 'a' });
  });

  test('that closes the client ends what is under way', async () => {
    await start(() => undefined);
    const call = failure(get());
    await eventually(() => upstream.requests.length === 1);
    await upstream.client.close();
    expect(await call).toMatchObject({ kind: 'unavailable' });
  });
});
