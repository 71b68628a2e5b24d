import { randomUUID } from 'node:crypto';
import type { RunningService } from '@onsale/platform/service';
import { call } from './call.ts';
import type { ShopClients } from './shop.ts';
import type { TestKeys } from './test-keys.ts';

interface Served {
  readonly product: RunningService;
  readonly point: RunningService;
  readonly orders: readonly RunningService[];
  readonly mint: TestKeys['mint'];
}

/** The clients of a shop, over HTTP; an admin is among them. */
export async function shopClients({ product, point, orders, mint }: Served): Promise<ShopClients> {
  const admin = await mint({ sub: 'admin', role: 'admin' });
  const orderUrl = (on = 0) => orders[on]?.url ?? '';
  return {
    createProduct: async (stock, price = 1_000) => {
      const body = { name: 'Lightstick', nameKo: '응원봉', price, stock };
      const made = await call(`${product.url}/api/admin/products`, { token: admin, key: randomUUID(), body });
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
      return made.body;
    },
    createBuyer: async (points = 1_000_000) => {
      const userId = randomUUID();
      const token = await mint({ sub: userId });
      if (points > 0) {
        const body = { userId, amount: points };
        const charged = await call(`${point.url}/api/balance/charge`, { token, key: randomUUID(), body });
        if (charged.status !== 200) throw new Error(JSON.stringify(charged.body));
      }
      return { userId, token };
    },
    order: ({ userId, token }, items, { key = randomUUID(), on } = {}) =>
      call(`${orderUrl(on)}/api/orders`, { token, key, body: { userId, items } }),
    cancel: ({ token }, orderId, { key = randomUUID(), on } = {}) =>
      call(`${orderUrl(on)}/api/orders/${orderId}/cancel`, { token, key, body: {} }),
    changeStock: (productId, change, { key = randomUUID() } = {}) =>
      call(`${product.url}/api/admin/products/${productId}/stock`, { token: admin, key, body: { change } }),
  };
}
