import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startTestService, type TestService } from '../service/testing/start-test-service.ts';
import { created, ok } from './reply.ts';
import { route } from './route.ts';
import { startTestIssuer } from './testing/test-issuer.ts';

const responses = { 200: { description: 'Done' } };
const shared = { summary: 'x', tag: 'x', responses, problems: [] };
let handled = 0;

const routes = [
  route({
    ...shared,
    method: 'post',
    path: '/api/orders',
    access: 'user',
    idempotencyKey: 'required',
    body: z.object({ userId: z.string().max(20), quantity: z.int().min(1).max(100) }),
    owner: ({ body }) => body.userId,
    async handle({ body, caller, idempotencyKey, requestId }) {
      handled += 1;
      return created('/api/orders/o1', { ...body, by: caller.userId, key: idempotencyKey, requestId });
    },
  }),
  route({
    ...shared,
    method: 'post',
    path: '/api/admin',
    access: 'admin',
    body: z.object({ a: z.int() }),
    handle: async () => ok({}),
  }),
  route({
    ...shared,
    method: 'get',
    path: '/api/orders/:id',
    access: 'anyone',
    params: z.object({ id: z.string().max(8) }),
    query: z.object({ limit: z.coerce.number().int().max(100).optional() }),
    handle: async ({ params, query }) => ok({ ...params, ...query }),
  }),
];

let issuer: Awaited<ReturnType<typeof startTestIssuer>>;
let service: TestService;
let token: string;
beforeAll(async () => {
  issuer = await startTestIssuer();
  service = await startTestService({ routes }, { JWKS_URL: issuer.jwksUrl, HTTP_BODY_LIMIT_BYTES: '1000' });
  token = await issuer.mint({ sub: 'u1' });
});
afterAll(async () => {
  await service.stop();
  await issuer.close();
});

const json = 'application/json';
const good = { authorization: () => `Bearer ${token}`, type: json, body: '{"userId":"u1","quantity":1}', key: 'k-1' };

function order(change: { authorization?: string; type?: string; body?: string; key?: string }) {
  const { authorization, type, body, key } = { ...good, authorization: good.authorization(), ...change };
  const headers: Record<string, string> = { 'content-type': type };
  if (authorization) headers.authorization = authorization;
  if (key) headers['idempotency-key'] = key;
  return service.request('/api/orders', { method: 'POST', headers, body });
}

describe('the checks of a route', () => {
  test('let a good request through, which hears who it is', async () => {
    const answer = await order({});
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe('/api/orders/o1');
    expect(answer.body).toMatchObject({ by: 'u1', key: 'k-1', quantity: 1 });
    expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
  });

  // Each request is wrong from one check on to the last; the first of them must answer.
  const wrong = [
    [401, 'token-missing', { authorization: '' }],
    [401, 'token-invalid', { authorization: 'Bearer nonsense' }],
    [415, 'content-type-unsupported', { type: 'text/plain' }],
    [413, 'body-too-large', { body: ' '.repeat(1_001) }],
    [400, 'invalid-json', { body: '{"userId":' }],
    [400, 'invalid-request', { body: '{"userId":"u2","quantity":0}' }],
    [403, 'not-owner', { body: '{"userId":"u2","quantity":1}' }],
    [400, 'idempotency-key-missing', { key: '' }],
  ] as const;
  for (const [index, [status, code]] of wrong.entries()) {
    test(`answer ${status} ${code} before anything that comes after`, async () => {
      const before = handled;
      const changes = wrong.slice(index).map(([, , change]) => change);
      const answer = await order(Object.assign({}, ...changes.reverse()));
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(answer.body).toMatchObject({ type: 'about:blank', status, traceId: expect.any(String) });
      expect(handled).toBe(before);
    });
  }

  test('tell every wrong field at once, by path and rule', async () => {
    const { body } = await order({ body: '{"userId":5,"extra":1}' });
    expect(body.errors).toEqual([
      expect.objectContaining({ field: 'userId', in: 'body', rule: 'invalid-type' }),
      expect.objectContaining({ field: 'quantity', in: 'body', rule: 'invalid-type' }),
      expect.objectContaining({ field: 'extra', in: 'body', rule: 'unknown-field' }),
    ]);
  });

  test('put the role before the body', async () => {
    const answer = await service.request('/api/admin', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect([answer.status, answer.body.code]).toEqual([403, 'role-required']);
  });

  test('know an admin, who still owns only what is theirs', async () => {
    const admin = `Bearer ${await issuer.mint({ sub: 'boss', role: 'admin' })}`;
    const headers = { authorization: admin, 'content-type': json };
    expect((await service.request('/api/admin', { method: 'POST', headers, body: '{"a":1}' })).status).toBe(200);
    expect((await order({ authorization: admin })).body.code).toBe('not-owner');
  });

  test('challenge as RFC 6750 asks', async () => {
    expect((await order({ authorization: '' })).headers.get('www-authenticate')).toBe('Bearer');
    expect((await order({ authorization: 'Bearer x' })).headers.get('www-authenticate')).toContain('invalid_token');
  });

  test('answer 404 and 405 before they look at a token', async () => {
    const unknown = await service.request('/api/nothing', { method: 'POST' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'route-not-found']);
    const method = await service.request('/api/orders/o1', { method: 'PATCH' });
    expect([method.status, method.body.code]).toEqual([405, 'method-not-allowed']);
    expect(method.headers.get('allow')).toBe('GET, HEAD');
  });

  test('take a request id of the allowed form and make one otherwise', async () => {
    const given = await service.request('/api/orders/o1', { headers: { 'x-request-id': 'abc.DEF_1-2' } });
    expect(given.headers.get('x-request-id')).toBe('abc.DEF_1-2');
    const made = await service.request('/api/orders/o1', { headers: { 'x-request-id': 'a b' } });
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  test('leave HEAD without a body', async () => {
    const answer = await service.request('/api/orders/o1', { method: 'HEAD' });
    expect([answer.status, answer.text]).toEqual([200, '']);
  });
});
