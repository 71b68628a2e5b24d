import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startTestService } from '../service/testing/start-test-service.ts';
import { openApiOf } from './open-api-of.ts';
import { pageQuery } from './page.ts';
import { noContent, ok } from './reply.ts';
import { route } from './route.ts';

const order = z.strictObject({ id: z.string(), total: z.int().min(0), createdAt: z.iso.datetime() });
const shared = { summary: 'A summary', tag: 'orders' } as const;
const routes = [
  route({
    ...shared,
    method: 'post',
    path: '/api/orders/:id/cancel',
    access: 'user',
    idempotencyKey: 'required',
    params: z.object({ id: z.string().max(36) }),
    body: z.object({ reason: z.string().default('none') }),
    responses: { 200: { description: 'Cancelled', schema: order } },
    problems: ['order-not-found'],
    handle: async () => ok({}),
  }),
  route({
    ...shared,
    method: 'get',
    path: '/api/orders',
    access: 'anyone',
    query: z.object({ ...pageQuery, userId: z.string() }),
    responses: { 200: { description: 'A page', schema: z.strictObject({ items: z.array(order) }) } },
    problems: [],
    handle: async () => ok({}),
  }),
  route({
    ...shared,
    method: 'delete',
    path: '/api/orders',
    access: 'admin',
    responses: { 204: { description: 'Gone' } },
    problems: [],
    handle: async () => noContent(),
  }),
];

describe('the OpenAPI document', () => {
  const document = openApiOf('order', routes);

  test('is 3.1 and has every route under its address', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'order', version: expect.any(String) } });
    expect(Object.keys(document.paths)).toEqual(['/api/orders/{id}/cancel', '/api/orders']);
    expect(Object.keys(document.paths['/api/orders'] ?? {})).toEqual(['get', 'delete']);
  });

  test('describes what a route takes by the schemas it checks with', () => {
    const cancel = document.paths['/api/orders/{id}/cancel']?.post;
    expect(cancel?.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 36 } },
      expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }),
    ]);
    expect(cancel?.requestBody).toEqual({
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: { reason: { type: 'string', default: 'none' } },
            additionalProperties: false,
          },
        },
      },
    });
    expect(cancel?.security).toEqual([{ accessToken: [] }]);
  });

  test('tells optional query fields from required ones', () => {
    const list = document.paths['/api/orders']?.get;
    expect(list?.parameters).toMatchObject([
      { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
      { name: 'cursor', required: false, schema: { type: 'string' } },
      { name: 'userId', in: 'query', required: true },
    ]);
    expect(list).not.toHaveProperty('security');
  });

  test('names the problems a route may answer', () => {
    const { description } = Object(document.paths['/api/orders/{id}/cancel']?.post?.responses).default;
    for (const code of ['order-not-found', 'idempotency-key-missing', 'token-expired', 'invalid-json', 'overloaded']) {
      expect(description).toContain(code);
    }
    expect(description).not.toContain('role-required');
  });

  test('holds no reference that leads nowhere', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(references.length).toBeGreaterThan(0);
    for (const name of references) expect(document.components.schemas).toHaveProperty(name ?? '');
    expect(JSON.stringify(document)).not.toContain('$schema');
  });

  test('is served by every service', async () => {
    const [, list] = routes;
    const service = await startTestService({ routes: list ? [list] : [] });
    const answer = await service.request('/openapi.json');
    expect([answer.status, answer.body.openapi]).toEqual([200, '3.1.0']);
    await service.stop();
  });
});

describe('a route that contradicts itself is not made:', () => {
  const bare = { ...shared, method: 'get', responses: {}, problems: [], handle: async () => ok({}) } as const;
  test('a parameter without a schema', () => {
    expect(() => route({ ...bare, path: '/x/:id', access: 'anyone' })).toThrow('params must name id');
  });
  test('a schema without a parameter', () => {
    expect(() => route({ ...bare, path: '/x', access: 'anyone', params: z.object({ id: z.string() }) })).toThrow(
      'params',
    );
  });
  test('an owner of what anyone may do', () => {
    expect(() => route({ ...bare, path: '/x', access: 'anyone', owner: () => 'u1' })).toThrow('needs a caller');
  });
});
