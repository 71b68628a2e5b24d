import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Answered,
  type Buyer,
  call,
  type Front,
  startFront,
  type TestKeys,
  testKeys,
  until,
} from '@onsale/tests/support';

type Method = 'GET' | 'POST' | 'PATCH';
type Who = 'nobody' | 'owner' | 'another user' | 'admin';

/** Every route, and what each kind of caller is told: a status, or the code of a refusal. */
const whoMay: readonly (readonly [Method, string, Record<Who, number | string>])[] = [
  ['POST', '/api/auth/signup', { nobody: 201, owner: 201, 'another user': 201, admin: 201 }],
  ['POST', '/api/auth/login', everyone('credentials-invalid')],
  ['POST', '/api/auth/refresh', everyone('refresh-token-invalid')],
  ['POST', '/api/auth/logout', everyone(204)],
  ['GET', '/api/auth/me', { nobody: 'token-missing', owner: 200, 'another user': 200, admin: 'user-not-found' }],
  ['GET', '/.well-known/jwks.json', everyone(200)],
  ['GET', '/api/products', everyone(200)],
  ['GET', '/api/products/{id}', everyone(200)],
  ['GET', '/api/products/popular', everyone(200)],
  ['GET', '/api/bestsellers', everyone('snapshot-not-found')],
  ['GET', '/api/bestsellers/live', everyone(200)],
  ['POST', '/api/admin/products', adminsOnly(201)],
  ['PATCH', '/api/admin/products/{id}', adminsOnly(200)],
  ['POST', '/api/admin/products/{id}/stock', adminsOnly(200)],
  ['GET', '/api/balance/{userId}', ownersOnly(200)],
  ['POST', '/api/balance/charge', ownersOnly(200)],
  ['GET', '/api/balance/{userId}/transactions', ownersOnly(200)],
  ['POST', '/api/orders', ownersOnly(201)],
  ['GET', '/api/orders', ownersOnly(200)],
  ['GET', '/api/orders/{id}', ownersOnly(200)],
  ['POST', '/api/orders/{id}/cancel', ownersOnly(200)],
];

function everyone(answer: number | string) {
  return { nobody: answer, owner: answer, 'another user': answer, admin: answer };
}
function adminsOnly(answer: number) {
  return { nobody: 'token-missing', owner: 'role-required', 'another user': 'role-required', admin: answer };
}
function ownersOnly(answer: number) {
  return { nobody: 'token-missing', owner: answer, 'another user': 'not-owner', admin: 'not-owner' };
}

let front: Front;
let productId: string;
let foreign: TestKeys;

beforeAll(async () => {
  [front, foreign] = await Promise.all([startFront(), testKeys()]);
  productId = (await front.shop.createProduct(1_000, 10)).id;
});
afterAll(() => Promise.all([front?.stop(), foreign?.close()]));

const outcome = ({ status, body }: Answered): number | string => (status < 400 ? status : (body.code ?? status));

/** A request of the route that is right in everything but, perhaps, the caller. */
async function request(method: Method, path: string, owner: Buyer, token: string | undefined): Promise<Answered> {
  const orderId = path.startsWith('/api/orders/')
    ? (await front.shop.order(owner, [{ productId, quantity: 1 }])).body.id
    : undefined;
  const bodies: Record<string, unknown> = {
    '/api/auth/signup': { email: `${randomUUID()}@onsale.test`, password: 'correct horse', name: 'Kim' },
    '/api/auth/login': { email: `${randomUUID()}@onsale.test`, password: 'correct horse' },
    '/api/auth/refresh': { refreshToken: 'unknown' },
    '/api/auth/logout': { refreshToken: 'unknown' },
    '/api/admin/products': { name: 'Poster', nameKo: '포스터', price: 10, stock: 1 },
    '/api/admin/products/{id}': { price: 10 },
    '/api/admin/products/{id}/stock': { change: 1 },
    '/api/balance/charge': { userId: owner.userId, amount: 1 },
    '/api/orders': { userId: owner.userId, items: [{ productId, quantity: 1 }] },
    '/api/orders/{id}/cancel': {},
  };
  const url = path
    .replace('{userId}', owner.userId)
    .replace('{id}', orderId ?? productId)
    .replace(/^\/api\/bestsellers$/, '/api/bestsellers?date=2026-11-01')
    .replace(/^\/api\/orders$/, method === 'GET' ? `/api/orders?userId=${owner.userId}` : '/api/orders');
  const send = () =>
    call(`${front.url}${url}`, {
      method,
      ...(token !== undefined && { token }),
      ...(method !== 'GET' && { key: randomUUID(), body: bodies[path] }),
    });
  if (method !== 'GET' || orderId === undefined) return send();
  // Only its owner is promised to see an order at once: to others the replica may not have it yet.
  return until('the replica to have the order', async () => {
    const answer = await send();
    return answer.body.code !== 'order-not-found' && answer;
  });
}

describe('who may', () => {
  test.each(whoMay)('%s %s', async (method, path, expected) => {
    const [owner, other] = path === '/api/auth/me' ? [await signUp(), await signUp()] : [await buyer(), await buyer()];
    const tokens: Record<Who, string | undefined> = {
      nobody: undefined,
      owner: owner.token,
      'another user': other.token,
      admin: await front.mint({ sub: randomUUID(), role: 'admin' }),
    };
    const told: Partial<Record<Who, number | string>> = {};
    for (const who of ['nobody', 'owner', 'another user', 'admin'] as const) {
      told[who] = outcome(await request(method, path, owner, tokens[who]));
    }
    expect(told).toEqual(expected);
  });

  test('the table has every route of the platform', async () => {
    const { body } = await call(`${front.url}/openapi.json`);
    const routes = Object.entries<object>(body.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual(whoMay.map(([method, path]) => `${method} ${path}`).sort());
  });

  test.each([
    ['expired', () => front.mint({ sub: 'u', ttlSeconds: -10 }), 'token-expired'],
    ['of another audience', () => front.mint({ sub: 'u', audience: 'elsewhere' }), 'token-invalid'],
    ['of another signer', () => foreign.mint({ sub: 'u' }), 'token-invalid'],
    ['that is none', async () => 'not.a.token', 'token-invalid'],
  ])('a token %s is refused, at the gateway and by the service itself', async (_, mint, code) => {
    const token = await mint();
    for (const base of [front.url, front.shop.point.url]) {
      const answer = await call(`${base}/api/balance/u`, { token });
      expect([answer.status, answer.body.code]).toEqual([401, code]);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
  });
});

const buyer = (): Promise<Buyer> => front.shop.createBuyer(1_000);

async function signUp(): Promise<Buyer> {
  const body = { email: `${randomUUID()}@onsale.test`, password: 'correct horse', name: 'Kim' };
  const { userId } = (await call(`${front.url}/api/auth/signup`, { body })).body;
  return { userId, token: await front.mint({ sub: userId }) };
}
