import { randomUUID } from 'node:crypto';
import { balance, charged, order, product, session, signedUp } from '@onsale/contracts';
import type { Ask } from './ask.ts';
import type { SmokeCheck } from './run-checks.ts';

/** In won; so that what is charged is spent to the last. */
const price = 1_000;

/** A purchase from end to end, by a buyer and of a product made for it: the product is sold out afterwards. */
export function buyingChecks(ask: Ask, admin: { readonly email: string; readonly password: string }): SmokeCheck[] {
  const mark = randomUUID();
  const buyer = { email: `smoke-${mark}@onsale.test`, password: randomUUID(), name: 'Smoke test' };
  const goods = { name: `Smoke test ${mark}`, nameKo: `점검 ${mark}`, price, stock: 1 };
  const found = { adminToken: '', token: '', userId: '', productId: '', orderId: '' };
  const logIn = ({ email, password }: { readonly email: string; readonly password: string }) =>
    ask({ path: '/api/auth/login', body: { email, password }, status: 200, answer: session });
  const placeOrder = () =>
    ask({
      path: '/api/orders',
      body: { userId: found.userId, items: [{ productId: found.productId, quantity: 1 }] },
      token: found.token,
      key: `smoke-order-${mark}`,
      status: 201,
      answer: order,
    });
  return [
    {
      promise: 'the admin logs in',
      run: async () => {
        found.adminToken = (await logIn(admin)).accessToken;
      },
    },
    {
      promise: 'the admin makes a product',
      run: async () => {
        const made = {
          path: '/api/admin/products',
          body: goods,
          token: found.adminToken,
          status: 201,
          answer: product,
        };
        found.productId = (await ask(made)).id;
      },
    },
    {
      promise: 'a buyer signs up and logs in',
      run: async () => {
        await ask({ path: '/api/auth/signup', body: buyer, status: 201, answer: signedUp });
        const { userId, accessToken } = await logIn(buyer);
        Object.assign(found, { userId, token: accessToken });
      },
    },
    {
      promise: 'the buyer charges points',
      run: async () => {
        const { userId, token } = found;
        const body = { userId, amount: price };
        const key = `smoke-charge-${mark}`;
        const after = await ask({ path: '/api/balance/charge', body, token, key, status: 200, answer: charged });
        expectSame('balance', after.balance, price);
      },
    },
    {
      promise: 'the buyer orders the product',
      run: async () => {
        const placed = await placeOrder();
        expectSame('total', placed.total, price);
        found.orderId = placed.id;
      },
    },
    {
      promise: 'the same order sent again is the same order',
      run: async () => expectSame('id', (await placeOrder()).id, found.orderId),
    },
    {
      promise: 'the order can be read, and is paid',
      run: async () => {
        const { orderId, userId, token } = found;
        const read = await ask({ path: `/api/orders/${orderId}`, token, status: 200, answer: order });
        expectSame('status', read.status, 'COMPLETED');
        const left = await ask({ path: `/api/balance/${userId}`, token, status: 200, answer: balance });
        expectSame('balance', left.balance, 0);
      },
    },
  ];
}

function expectSame(what: string, is: string | number, shouldBe: string | number): void {
  if (is !== shouldBe) throw new Error(`${what} is ${is} instead of ${shouldBe}`);
}
