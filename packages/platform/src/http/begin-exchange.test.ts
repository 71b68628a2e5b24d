import { afterEach, expect, test } from '@jest/globals';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { z } from 'zod';
import { DomainError } from '../domain-error.ts';
import { eventually, startTestService, type TestService } from '../service/testing/start-test-service.ts';
import { recordSpans } from '../telemetry/testing/record-spans.ts';
import { withSpan } from '../telemetry/with-span.ts';
import { ok } from './reply.ts';
import { route } from './route.ts';

const exporter = recordSpans();

let service: TestService;
afterEach(() => service.stop());

const shared = { summary: 'x', tag: 'x', access: 'anyone', responses: {}, problems: [] } as const;
const routes = [
  route({
    ...shared,
    method: 'post',
    path: '/orders/:id',
    params: z.object({ id: z.string() }),
    body: z.object({ a: z.int() }),
    handle: ({ body }) => withSpan('work', {}, async () => ok(body)),
  }),
  route({
    ...shared,
    method: 'get',
    path: '/away',
    async handle() {
      throw new DomainError('unavailable', 'store-away', 'Away.', { cause: new Error('refused') });
    },
  }),
];
const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const post = () =>
  service.request('/orders/o1?x', {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent, 'x-request-id': 'r-1' },
    body: '{"a":1}',
  });
const spanNamed = async (name: string) => {
  const find = () => exporter.getFinishedSpans().find((span) => span.name === name);
  await eventually(() => find() !== undefined);
  return find();
};

test('a request is one server span under its caller, named by its route; work after its body is read is inside', async () => {
  service = await startTestService({ routes });
  const answer = await post();
  expect(answer.status).toBe(400);
  const span = await spanNamed('POST /orders/:id');
  expect(span).toMatchObject({ kind: SpanKind.SERVER, parentSpanContext: { spanId: 'b'.repeat(16) } });
  expect(span?.attributes).toMatchObject({
    'http.response.status_code': 400,
    'url.path': '/orders/o1',
    'request.id': 'r-1',
  });
  expect(answer.body.traceId).toBe('a'.repeat(32));
  expect(span?.status.code).toBe(SpanStatusCode.UNSET);
  await service.request('/orders/o1', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"a":1}',
  });
  const work = await spanNamed('work');
  const parents = exporter.getFinishedSpans().map((finished) => finished.spanContext().spanId);
  expect(parents).toContain(work?.parentSpanContext?.spanId);
});

test("at the edge a stranger's trace is not carried on", async () => {
  service = await startTestService({ routes, trustTraceContext: false });
  const { body } = await post();
  const span = await spanNamed('POST /orders/:id');
  expect(span?.parentSpanContext).toBeUndefined();
  expect(body.traceId).toBe(span?.spanContext().traceId);
  expect(body.traceId).not.toBe('a'.repeat(32));
});

test('a request is one log line and one observation, by route and never by address', async () => {
  service = await startTestService({ routes });
  await post();
  await service.request('/orders/none/at/all');
  const logged = () => service.lines.filter(({ msg }) => msg === 'request');
  await eventually(() => logged().length === 2);
  expect(logged()).toMatchObject([
    {
      requestId: 'r-1',
      method: 'POST',
      route: '/orders/:id',
      path: '/orders/o1',
      status: 400,
      code: 'invalid-request',
      trace_id: 'a'.repeat(32),
    },
    { route: '(none)', path: '/orders/none/at/all', status: 404, code: 'route-not-found' },
  ]);
  const metrics = await (await fetch(`${service.managementUrl}/metrics`)).text();
  expect(metrics).toContain(
    'http_request_duration_seconds_count{service="test",method="POST",route="/orders/:id",status="400"} 1',
  );
  expect(metrics).not.toContain('at/all');
});

test('why something is away is logged with its trace and not told', async () => {
  service = await startTestService({ routes });
  const answer = await service.request('/away');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  expect(answer.text).not.toContain('refused');
  const span = await spanNamed('GET /away');
  expect(span?.status.code).toBe(SpanStatusCode.ERROR);
  const line = service.lines.find(({ msg }) => msg === 'request failed');
  expect(line).toMatchObject({ level: 'warn', trace_id: span?.spanContext().traceId });
  expect(JSON.stringify(line)).toContain('refused');
});
