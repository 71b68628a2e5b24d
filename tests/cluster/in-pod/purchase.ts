import { randomUUID } from 'node:crypto';

// Run in a pod: a product is made, an account opened, points charged, the product bought and the order read back.
// Prints JSON; fails at the first answer that is not what it must be.

interface Reply {
  readonly [field: string]: unknown;
}

const { url, admin, traceparent } = JSON.parse(process.argv[1] ?? '{}');
const begun = performance.now();

async function ask(path: string, body?: object, token?: string, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

async function login(email: string, password: string): Promise<string> {
  return String((await ask('/api/auth/login', { email, password })).accessToken);
}

const adminToken = await login(admin.email, admin.password);
const product = await ask(
  '/api/admin/products',
  { name: 'Poster', nameKo: '포스터', price: 1_000, stock: 5 },
  adminToken,
);

const email = `${randomUUID()}@example.com`;
const { userId } = await ask('/api/auth/signup', { email, password: 'a-long-enough-word', name: 'Buyer' });
const token = await login(email, 'a-long-enough-word');
await ask('/api/balance/charge', { userId, amount: 10_000 }, token);
const basket = { userId, items: [{ productId: product.id, quantity: 2 }] };
const order = await ask('/api/orders', basket, token, traceparent ? { traceparent } : {});
const seen = await ask(`/api/orders/${order.id}`, undefined, token);
if (seen.status !== 'COMPLETED') throw new Error(`the order is ${seen.status}`);

console.log(JSON.stringify({ orderId: order.id, productId: product.id, ms: performance.now() - begun }));
