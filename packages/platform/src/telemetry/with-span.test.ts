import { describe, expect, test } from '@jest/globals';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { DomainError } from '../domain-error.ts';
import { recordSpans } from './testing/record-spans.ts';
import { contextFromHeaders, injectTraceHeaders } from './trace-headers.ts';
import { withSpan } from './with-span.ts';

const exporter = recordSpans();
const finished = () => exporter.getFinishedSpans();

describe('a span', () => {
  test('is around its work and under the span it was begun in', async () => {
    const value = await withSpan('outer', { size: 1 }, () => withSpan('inner', {}, async () => 42));
    expect(value).toBe(42);
    const [inner, outer] = finished();
    expect([inner?.name, outer?.name, outer?.attributes]).toEqual(['inner', 'outer', { size: 1 }]);
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
  });

  test('can have a kind, links and a parent from elsewhere', async () => {
    const other = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };
    const parent = contextFromHeaders({ traceparent: Buffer.from(`00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`) });
    const setup = { kind: SpanKind.CONSUMER, links: [{ context: other }], parent, attributes: { topic: 't' } };
    await withSpan('process', setup, () => undefined);
    const [span] = finished();
    expect([span?.kind, span?.links[0]?.context, span?.attributes]).toEqual([SpanKind.CONSUMER, other, { topic: 't' }]);
    expect(span?.spanContext().traceId).toBe('a'.repeat(32));
  });

  test('records an error and passes it on', async () => {
    const error = new Error('broken');
    await expect(withSpan('work', {}, () => Promise.reject(error))).rejects.toBe(error);
    expect(finished()[0]?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'broken' });
    expect(finished()[0]?.events[0]?.name).toBe('exception');
  });

  test('takes a refusal for an answer, but not that something is away', async () => {
    const refuse = (kind: 'conflict' | 'unavailable') => () => Promise.reject(new DomainError(kind, kind, 'x'));
    await expect(withSpan('a', {}, refuse('conflict'))).rejects.toThrow();
    await expect(withSpan('b', {}, refuse('unavailable'))).rejects.toThrow();
    const [conflict, away] = finished();
    expect([conflict?.status.code, conflict?.attributes]).toEqual([SpanStatusCode.UNSET, { 'error.code': 'conflict' }]);
    expect(away?.status.code).toBe(SpanStatusCode.ERROR);
  });

  test('is passed on in headers', async () => {
    expect(injectTraceHeaders()).toEqual({});
    const headers = await withSpan('work', {}, async () => injectTraceHeaders());
    const { traceId, spanId } = finished()[0]?.spanContext() ?? {};
    expect(headers).toEqual({ traceparent: `00-${traceId}-${spanId}-01` });
    expect(trace.getSpanContext(contextFromHeaders(headers))).toMatchObject({ traceId, spanId, isRemote: true });
    expect(trace.getSpanContext(contextFromHeaders({ traceparent: 'nonsense' }))).toBeUndefined();
  });
});
