import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { DomainError } from '../domain-error.ts';
import { eventually, startTestService, type TestService } from '../service/testing/start-test-service.ts';
import { ok, type Reply } from './reply.ts';
import { type RouteRequest, route } from './route.ts';

type Handle = (request: RouteRequest<'anyone', undefined, undefined, undefined, undefined>) => Promise<Reply>;
let service: TestService | undefined;
afterEach(async () => {
  await service?.stop();
  service = undefined;
});

const get = (handle: Handle) =>
  route({ method: 'get', path: '/x', summary: 'x', tag: 'x', access: 'anyone', responses: {}, problems: [], handle });

/** A handler that answers when it is let. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let begun = 0;
  const handle: Handle = async () => {
    begun += 1;
    await promise;
    return ok({});
  };
  return { handle, begun: () => begun, letGo: () => resolve() };
}

describe('load', () => {
  test('beyond the limit is shed at once, counted, and taken again when there is room', async () => {
    const { handle, begun, letGo } = held();
    service = await startTestService({ routes: [get(handle)] }, { HTTP_MAX_IN_FLIGHT: '2' });
    const { request, managementUrl } = service;
    const first = [request('/x'), request('/x')];
    await eventually(() => begun() === 2);
    const shed = await request('/x');
    expect([shed.status, shed.body.code, shed.headers.get('retry-after')]).toEqual([503, 'overloaded', '1']);
    const metrics = await (await fetch(`${managementUrl}/metrics`)).text();
    expect(metrics).toMatch(/http_requests_in_flight\{service="test"\} 2/);
    expect(metrics).toMatch(/http_requests_shed_total\{service="test"\} 1/);
    letGo();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await request('/x')).status).toBe(200);
  });

  test('counts work whose client has gone', async () => {
    const { handle, begun, letGo } = held();
    service = await startTestService({ routes: [get(handle)] }, { HTTP_MAX_IN_FLIGHT: '1' });
    const { request } = service;
    const gone = new AbortController();
    const hungUp = request('/x', { signal: gone.signal }).catch(() => 'gone');
    await eventually(() => begun() === 1);
    gone.abort();
    expect(await hungUp).toBe('gone');
    expect((await request('/x')).body.code).toBe('overloaded');
    letGo();
    await eventually(async () => (await request('/x')).status === 200);
  });
});

describe('time', () => {
  test('beyond the limit is answered 503 timed-out; the work is told and goes on', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const slow: Handle = async ({ signal }) => {
      await new Promise((woken) => signal.addEventListener('abort', woken));
      resolve('told');
      throw new Error('too late for anyone to hear');
    };
    service = await startTestService({ routes: [get(slow)] }, { HTTP_REQUEST_TIMEOUT_MS: '50' });
    const { request, lines } = service;
    const answer = await request('/x');
    expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'timed-out', '1']);
    expect(await promise).toBe('told');
    await eventually(() => lines.some(({ msg }) => msg === 'failed after its time'));
  });

  test('is limited for a body that never comes, too', async () => {
    const body = z.object({});
    const post = route({
      ...{ method: 'post', path: '/x', summary: 'x', tag: 'x', access: 'anyone', responses: {}, problems: [] },
      body,
      handle: async () => ok({}),
    });
    service = await startTestService({ routes: [post] }, { HTTP_REQUEST_TIMEOUT_MS: '300' });
    const { url } = service;
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': 10 };
      const sent = httpRequest(`${url}/x`, { method: 'POST', headers }, (answer) => resolve(answer.statusCode));
      sent.on('error', reject).write('{');
    });
    expect(status).toBe(408);
  });
});

test('a client that hangs up aborts the signal and is logged as 499', async () => {
  const reasons: unknown[] = [];
  const waits: Handle = ({ signal }) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        reasons.push(signal.reason);
        resolve(ok({}));
      });
    });
  service = await startTestService({ routes: [get(waits)] });
  const { url, lines } = service;
  const sent = httpRequest(`${url}/x`).on('error', () => undefined);
  sent.end();
  setTimeout(() => sent.destroy(), 50);
  await eventually(() => lines.some(({ status }) => status === 499));
  expect(reasons).toEqual([new Error('The client hung up')]);
});

describe('what a handler throws', () => {
  const kinds = [
    ['invalid', 400],
    ['denied', 403],
    ['missing', 404],
    ['conflict', 409],
    ['expired', 410],
    ['rule', 422],
    ['unavailable', 503],
  ] as const;
  for (const [kind, status] of kinds) {
    test(`is answered by its kind: ${kind} is ${status}`, async () => {
      const refuse: Handle = async () => {
        throw new DomainError(kind, 'a-code', 'What was wrong.', { retryAfterSeconds: 3 });
      };
      service = await startTestService({ routes: [get(refuse)] });
      const answer = await service.request('/x');
      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject({ status, code: 'a-code', detail: 'What was wrong.' });
      expect(answer.headers.get('retry-after')).toBe('3');
    });
  }

  test.each([new Error('the secret is open sesame'), 'a string', undefined, null])(
    'otherwise is 500 and says nothing: %p',
    async (thrown) => {
      const fail: Handle = async () => {
        throw thrown;
      };
      service = await startTestService({ routes: [get(fail)] });
      const answer = await service.request('/x');
      expect([answer.status, answer.body.code]).toEqual([500, 'internal']);
      expect(answer.text).not.toContain('sesame');
      expect(answer.text).not.toContain('at ');
      const logged = service.lines.find(({ msg }) => msg === 'request failed');
      if (thrown instanceof Error)
        expect(logged?.err).toMatchObject({ message: 'the secret is open sesame', stack: expect.any(String) });
    },
  );

  test('while it answers what cannot be JSON is 500, not silence', async () => {
    service = await startTestService({ routes: [get(async () => ok({ n: 1n }))] });
    expect((await service.request('/x')).status).toBe(500);
  });
});
