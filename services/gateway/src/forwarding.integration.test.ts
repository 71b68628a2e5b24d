import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RunningService } from '@onsale/platform/service';
import { startTracing } from '@onsale/platform/telemetry';
import { call, startRedis, type TestKeys, type TestRedis, testKeys, until } from '@onsale/tests/support';
import { startGateway } from './testing/test-gateway.ts';
import { echo, startUpstream, type TestUpstream } from './testing/test-upstream.ts';

const LIMIT = 10_000;
let redis: TestRedis;
let keys: TestKeys;
let echoes: TestUpstream;
let streams: TestUpstream;
let gateway: RunningService;
const streaming = { written: 0, closed: 0 };

beforeAll(async () => {
  startTracing({ serviceName: 'gateway', ratio: 0 });
  [redis, keys, echoes, streams] = await Promise.all([
    startRedis(),
    testKeys(),
    startUpstream(echo),
    startUpstream((_request, response) => {
      const chunk = Buffer.alloc(64 * 1024);
      const endless = new Readable({
        read() {
          streaming.written += chunk.length;
          this.push(chunk);
        },
      });
      response.once('close', () => {
        streaming.closed += 1;
        endless.destroy();
      });
      endless.pipe(response);
    }),
  ]);
  gateway = await startGateway({
    upstreams: { echo: [echoes], stream: [streams] },
    redisUrl: redis.url,
    jwksUrl: keys.jwksUrl,
    env: { HTTP_BODY_LIMIT_BYTES: String(LIMIT), GATEWAY_CORS_ORIGINS: 'https://shop.example' },
  });
});

afterAll(async () => {
  await gateway?.stop();
  await Promise.all([redis?.stop(), keys?.close(), echoes?.stop(), streams?.stop()]);
});

describe('a request with a route', () => {
  test('reaches its service whole, with the words of the gateway about its client', async () => {
    const token = await keys.mint({ sub: 'u-1' });
    const { status, headers, body } = await call(`${gateway.url}/api/echo/a%20b?x=1&x=2`, {
      token,
      key: 'k-1',
      body: { name: '한글' },
      headers: {
        'x-request-id': 'req-1',
        'x-forwarded-for': '6.6.6.6',
        traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ method: 'POST', url: '/api/echo/a%20b?x=1&x=2', body: '{"name":"한글"}' });
    expect(body.headers).toMatchObject({
      authorization: `Bearer ${token}`,
      'idempotency-key': 'k-1',
      'content-type': 'application/json',
      'x-request-id': 'req-1',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': new URL(gateway.url).host,
    });
    expect(body.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
    expect(body.headers.traceparent).not.toContain('a'.repeat(32));
    expect(headers.get('x-request-id')).toBe('req-1');
  });

  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('keeps its method: %s', async (method) => {
    const { body } = await call(`${gateway.url}/open/echo`, { method });
    expect(body.method).toBe(method);
  });

  test('HEAD has headers and no body', async () => {
    const { status, body } = await call(`${gateway.url}/open/echo`, { method: 'HEAD' });
    expect({ status, body }).toEqual({ status: 200, body: undefined });
  });
});

describe('what has no route', () => {
  test.each(['/', '/metrics', '/livez', '/readyz', '/api/unknown', '/api/echox', '/api/echo/../stream', '/internal'])(
    '%s is 404',
    async (path) => {
      const seen = echoes.seen.length;
      const answer = await rawGet(path);
      expect(answer).toMatchObject({ status: 404, problem: { code: 'route-not-found' } });
      expect(echoes.seen.length).toBe(seen);
    },
  );

  test('a path that is not UTF-8 is refused, not broken', async () => {
    expect((await rawGet('/open/echo/%ff')).status).toBeLessThan(500);
  });
});

describe('a body beyond the limit', () => {
  test('is refused by the length it declares', async () => {
    const seen = echoes.seen.length;
    const { status, body } = await call(`${gateway.url}/open/echo`, { body: 'x'.repeat(LIMIT + 1) });
    expect({ status, code: body.code }).toEqual({ status: 413, code: 'body-too-large' });
    expect(echoes.seen.length).toBe(seen);
  });

  test('is refused by its bytes when it declares none', async () => {
    expect(await chunked(LIMIT + 1)).toMatchObject({ status: 413 });
    expect(await chunked(LIMIT)).toMatchObject({ status: 200 });
  });
});

describe('a streamed answer', () => {
  test('waits for a client that reads slowly, and ends upstream when the client leaves', async () => {
    const before = streaming.closed;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      httpRequest(`${gateway.url}/open/stream`, resolve).once('error', reject).end();
    });
    response.once('error', () => undefined);
    response.pause();
    let written = -1;
    await until('the upstream to be held back', async () => {
      const still = streaming.written === written;
      written = streaming.written;
      return still;
    });
    expect(written).toBeLessThan(64 * 1024 * 1024);
    response.destroy();
    await until('the upstream to be let go', async () => streaming.closed > before);
  });
});

describe('pages of other origins', () => {
  const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };

  test('may call when they are listed', async () => {
    const { status, headers } = await call(`${gateway.url}/api/echo`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', ...preflight },
    });
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
  });

  test('get no leave when they are not', async () => {
    const { headers } = await call(`${gateway.url}/open/echo`, { headers: { origin: 'https://evil.example' } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('vary')).toContain('Origin');
  });
});

/** fetch would tidy such a path up before sending it. */
function rawGet(path: string): Promise<{ status: number | undefined; problem: unknown }> {
  const { hostname, port } = new URL(gateway.url);
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path }, async (response) => {
      const chunks = await response.toArray();
      resolve({ status: response.statusCode, problem: JSON.parse(Buffer.concat(chunks).toString()) });
    })
      .once('error', reject)
      .end();
  });
}

function chunked(bytes: number): Promise<{ status: number | undefined }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${gateway.url}/open/echo`, { method: 'POST' }, (response) => {
      response.resume().once('end', () => resolve({ status: response.statusCode }));
    });
    request.once('error', reject);
    request.write('x'.repeat(bytes - 1));
    request.end('x');
  });
}
