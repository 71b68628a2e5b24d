import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnTestMain, type TestProcess } from '../service/testing/spawn-test-main.ts';
import { type ExportedSpan, spansIn } from './testing/spans-in.ts';

let collector: Server;
let endpoint: string;
let spans: ExportedSpan[];
let service: TestProcess | undefined;
beforeEach(async () => {
  spans = [];
  collector = createServer(async (request, response) => {
    if (request.url === '/v1/traces') spans.push(...spansIn(await buffer(request)));
    response.end();
  });
  await new Promise<void>((resolve) => {
    collector.listen(0, '127.0.0.1', resolve);
  });
  const address = collector.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterEach(async () => {
  service?.child.kill('SIGKILL');
  await service?.exited;
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
});

const caller = { trace: 'a'.repeat(32), span: 'b'.repeat(16) };
const traceparent = (flags: string) => `00-${caller.trace}-${caller.span}-${flags}`;

async function stop({ child, exited }: TestProcess): Promise<void> {
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
}

describe('with a collector, the preload', () => {
  test('exports one tree from the caller through the request to the work, before the process ends', async () => {
    service = spawnTestMain({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    const answer = await fetch(`${await service.url()}/work`, { headers: { traceparent: traceparent('01') } });
    const { patched, headers } = Object(await answer.json());
    expect(patched).toEqual([true, true]);
    await stop(service);
    const work = spans.find(({ name }) => name === 'the work');
    const request = spans.find(({ name }) => name === 'GET /work');
    expect(request).toMatchObject({ traceId: caller.trace, parentSpanId: caller.span });
    expect(work).toMatchObject({ traceId: caller.trace, parentSpanId: request?.spanId });
    expect(headers.traceparent).toBe(`00-${caller.trace}-${work?.spanId}-01`);
    const line = service.lines().find(({ msg }) => msg === 'request');
    expect(line).toMatchObject({ trace_id: caller.trace, span_id: request?.spanId });
  });

  test('records the share it is told to, and what a caller has decided', async () => {
    service = spawnTestMain({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: '0' });
    const url = await service.url();
    await fetch(`${url}/work`);
    await fetch(`${url}/work`, { headers: { traceparent: traceparent('00') } });
    await fetch(`${url}/work`, { headers: { traceparent: traceparent('01') } });
    await stop(service);
    expect(spans.map(({ name }) => name).sort()).toEqual(['GET /work', 'the work']);
  });
});

describe('without a collector, the preload', () => {
  test('patches nothing and still gives every request its trace id', async () => {
    service = spawnTestMain();
    const url = await service.url();
    const { patched, headers } = Object(await (await fetch(`${url}/work`)).json());
    expect(patched).toEqual([false, false]);
    expect(headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    const problem = await fetch(`${url}/none`, { headers: { traceparent: traceparent('01') } });
    expect(await problem.json()).toMatchObject({ code: 'route-not-found', traceId: caller.trace });
    await stop(service);
    expect(spans).toEqual([]);
  });
});
