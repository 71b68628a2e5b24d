import type { Buyer } from '../src/sale/buyer.ts';
import type { Ask } from '../src/sale/client.ts';

/** What a load of single requests is made of. */
export type Mix = 'browse' | 'orders';

export interface Shop {
  readonly productIds: readonly string[];
  readonly buyers: readonly Buyer[];
}

/** Enough for about two of the goods: most orders are granted, some refused. */
const chargedAmount = 100_000;

const pick = <T>(list: readonly T[]): T => {
  const picked = list[Math.floor(Math.random() * list.length)];
  if (picked === undefined) throw new RangeError('nothing to pick from');
  return picked;
};

type Kind = 'list' | 'detail' | 'bestsellers' | 'order' | 'charge';

const shares: Readonly<Record<Mix, Readonly<Record<Kind, number>>>> = {
  browse: { list: 50, detail: 40, bestsellers: 10, order: 0, charge: 0 },
  orders: { list: 30, detail: 25, bestsellers: 5, order: 20, charge: 20 },
};

function draw(mix: Mix): string {
  let drawn = Math.random() * 100;
  for (const [kind, share] of Object.entries(shares[mix])) {
    drawn -= share;
    if (drawn < 0) return kind;
  }
  return 'list';
}

/** The next request of a load, drawn at random. */
export function nextAsk(mix: Mix, { productIds, buyers }: Shop): Ask {
  switch (draw(mix)) {
    case 'detail':
      return { method: 'GET', path: `/api/products/${pick(productIds)}` };
    case 'bestsellers':
      return { method: 'GET', path: '/api/bestsellers' };
    case 'order': {
      const { userId, token } = pick(buyers);
      const body = { userId, items: [{ productId: pick(productIds), quantity: 1 }] };
      return { method: 'POST', path: '/api/orders', token, key: crypto.randomUUID(), body };
    }
    case 'charge': {
      const { userId, token } = pick(buyers);
      const body = { userId, amount: chargedAmount };
      return { method: 'POST', path: '/api/balance/charge', token, key: crypto.randomUUID(), body };
    }
    default:
      return { method: 'GET', path: '/api/products?limit=20' };
  }
}
