import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startTestService, type TestService } from '../service/testing/start-test-service.ts';
import { pageQuery } from './page.ts';
import { ok } from './reply.ts';
import { route } from './route.ts';

const shared = {
  summary: 'x',
  tag: 'x',
  access: 'anyone',
  responses: { 200: { description: 'x' } },
  problems: [],
} as const;
const item = z.strictObject({ productId: z.string().min(1).max(36), quantity: z.int().min(1).max(100) });
const routes = [
  route({
    ...shared,
    method: 'post',
    path: '/orders',
    body: z.object({ name: z.string().max(100), items: z.array(item).min(1).max(20), extra: z.unknown().optional() }),
    handle: async ({ body }) => ok(body),
  }),
  route({
    ...shared,
    method: 'get',
    path: '/orders/:id',
    params: z.object({ id: z.string().max(36) }),
    query: z.object({ ...pageQuery }),
    handle: async ({ params, query }) => ok({ ...params, ...query }),
  }),
];

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ routes });
});
afterAll(() => service.stop());

const items = '[{"productId":"p","quantity":1}]';
const named = (name: string) => `{"name":${name},"items":${items}}`;
const bodies: [string, string | Uint8Array<ArrayBuffer>, string][] = [
  ['nothing', '', 'invalid-json'],
  ['null', 'null', 'invalid-request'],
  ['a list', '[]', 'invalid-request'],
  ['a number', '1', 'invalid-request'],
  ['a prototype at the top', `{"__proto__":{"a":1},"name":"n","items":${items}}`, 'invalid-request'],
  ['an escaped prototype', `{"\\u005f_proto__":{"a":1},"name":"n","items":${items}}`, 'invalid-request'],
  ['a prototype inside', '{"name":"n","items":[{"__proto__":1,"productId":"p","quantity":1}]}', 'invalid-request'],
  [
    'a constructor in an open field',
    `{"extra":{"constructor":{"prototype":1}},"name":"n","items":${items}}`,
    'invalid-request',
  ],
  ['a NUL', named('"a\\u0000b"'), 'invalid-request'],
  ['half a surrogate pair', named('"\\ud800"'), 'invalid-request'],
  ['a raw control character', named('"a\u0001"'), 'invalid-json'],
  ['a number beyond all', '{"name":"n","items":[{"productId":"p","quantity":1e999}]}', 'invalid-request'],
  ['a number beyond safe', '{"name":"n","items":[{"productId":"p","quantity":9007199254740993}]}', 'invalid-request'],
  ['a fraction', '{"name":"n","items":[{"productId":"p","quantity":1.5}]}', 'invalid-request'],
  ['a number as text', '{"name":"n","items":[{"productId":"p","quantity":"1"}]}', 'invalid-request'],
  ['a field too many, inside', '{"name":"n","items":[{"productId":"p","quantity":1,"price":0}]}', 'invalid-request'],
  ['too many items', `{"name":"n","items":[${'{"productId":"p","quantity":1},'.repeat(20)}{}]}`, 'invalid-request'],
  ['many unknown fields', `{${Array.from({ length: 3_000 }, (_, i) => `"f${i}":1`).join()}}`, 'invalid-request'],
  ['ten thousand brackets', `{"extra":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'invalid-request'],
  [
    'deep nesting with an escape',
    `{"extra":${'['.repeat(9_000)}"\\u0041"${']'.repeat(9_000)},"name":"n","items":${items}}`,
    'invalid-request',
  ],
  ['bytes that are not UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'invalid-json'],
  ['UTF-16', Uint8Array.from(Buffer.from('{"name":"n"}', 'utf16le')), 'invalid-json'],
];

describe('a body that holds', () => {
  for (const [what, body, code] of bodies) {
    test(`${what} is refused as ${code}`, async () => {
      const headers = { 'content-type': 'application/json' };
      const answer = await service.request('/orders', { method: 'POST', headers, body });
      expect([answer.status, answer.body.code]).toEqual([400, code]);
      expect(answer.text.length).toBeLessThan(6_000);
    });
  }

  test('harmless words and signs of all languages passes', async () => {
    const body = { name: 'constructor 한정판 🎟', items: [{ productId: 'p', quantity: 1 }] };
    const headers = { 'content-type': 'application/json; charset=UTF-8' };
    const answer = await service.request('/orders', { method: 'POST', headers, body: JSON.stringify(body) });
    expect([answer.status, answer.body]).toEqual([200, body]);
  });
});

describe('an address with', () => {
  const targets: [string, string][] = [
    ['a broken escape in the path', '/orders/%'],
    ['bytes that are not UTF-8 in the path', '/orders/%ff'],
    ['a NUL in the path', '/orders/%00'],
    ['a prototype as the id and a long tail', `/orders/${'x'.repeat(37)}`],
    ['a field given twice', '/orders/o1?limit=1&limit=2'],
    ['a field given as a list', '/orders/o1?limit[]=1'],
    ['a prototype in the query', '/orders/o1?__proto__=1'],
    ['a nested prototype in the query', '/orders/o1?__proto__[a]=1'],
    ['a NUL in the query', '/orders/o1?cursor=%00'],
    ['a broken escape in the query', '/orders/o1?limit=%zz'],
    ['an unknown field in the query', '/orders/o1?sort=asc'],
    ['a limit of nothing', '/orders/o1?limit='],
    ['a limit beyond all', '/orders/o1?limit=1e999'],
    ['a limit of 101', '/orders/o1?limit=101'],
    ['an endless cursor', `/orders/o1?cursor=${'x'.repeat(4_000)}`],
  ];
  for (const [what, target] of targets) {
    test(`${what} is refused`, async () => {
      const answer = await service.request(target);
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid-request']);
      expect(answer.body.errors).toHaveLength(1);
    });
  }

  test('escapes and pluses is read as meant', async () => {
    expect((await service.request('/orders/%ED%95%9C?cursor=a+b%2B&limit=3')).body).toEqual({
      id: '한',
      cursor: 'a b+',
      limit: 3,
    });
  });
});

describe('what is not HTTP as it should be', () => {
  const raw = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const { port, hostname } = new URL(service.url);
      let answer = '';
      const socket = connect(Number(port), hostname, () => socket.write(text));
      socket.setTimeout(5_000, () => socket.destroy(new Error('No answer')));
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('close', () => resolve(answer)).on('error', reject);
    });
  const end = 'Host: x\r\nConnection: close\r\n';
  const json = 'Content-Type: application/json\r\n';
  const messages: [string, string, number][] = [
    ['an absolute target', `GET http://evil/orders/../../x HTTP/1.1\r\n${end}\r\n`, 404],
    ['a method nobody knows', `BREW /orders HTTP/1.1\r\n${end}\r\n`, 400],
    [
      'both lengths',
      `POST /orders HTTP/1.1\r\n${end}${json}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['a length that says too much', `POST /orders HTTP/1.1\r\n${end}${json}Content-Length: 99999999\r\n\r\n{}`, 413],
    [
      'chunks beyond the limit',
      `POST /orders HTTP/1.1\r\n${end}${json}Transfer-Encoding: chunked\r\n\r\n11170\r\n${' '.repeat(70_000)}\r\n0\r\n\r\n`,
      413,
    ],
    [
      'a compressed body',
      `POST /orders HTTP/1.1\r\n${end}${json}Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}`,
      415,
    ],
    [
      'a UTF-16 charset',
      `POST /orders HTTP/1.1\r\n${end}Content-Type: application/json; charset=utf-16\r\nContent-Length: 2\r\n\r\n{}`,
      415,
    ],
    ['headers without end', `GET /orders/1 HTTP/1.1\r\n${end}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ];
  for (const [what, message, status] of messages) {
    test(`${what} is answered ${status}`, async () => {
      expect(await raw(message)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    });
  }

  test('leaves the service well', async () => {
    expect((await service.request('/orders/o1')).status).toBe(200);
    expect(service.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
