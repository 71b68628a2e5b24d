import { dayOf, endOf } from './day-of.ts';
import { ADMIN, type ClientLine, shopRows, type TableRows } from './shop-rows.ts';

export interface TinyShop {
  readonly tables: TableRows;
  /** What the clients wrote down; not of every key, so that keys can be damaged which no client knows. */
  readonly log: readonly ClientLine[];
}

const EARLIER_MS = 36 * 3_600_000;

/**
 * Three users, three products, four orders of which one is cancelled, two changes of stock, and all kinds of answers in
 * the log. Besides four orders of an earlier day, one cancelled on that day and one since its snapshot.
 */
export function tinyShop(now: Date): TinyShop {
  const earlier = new Date(now.getTime() - EARLIER_MS);
  const shop = shopRows(earlier);
  for (const user of ['ann', 'ben', 'cat']) shop.signUp(user);
  shop.stockUp('pen', 100, 13);
  shop.stockUp('cup', 250, 8);
  shop.stockUp('map', 400, 3);
  for (const user of ['ann', 'ben', 'cat']) shop.charge(user, 10_000);

  const item = (productId: string, quantity: number, unitPrice: number) => ({ productId, quantity, unitPrice });
  const past = (id: string, userId: string, ...items: ReturnType<typeof item>[]) =>
    shop.order({ id: `order-past-${id}`, userId, key: `key-past-${id}`, items });
  past('ann', 'ann', item('pen', 2, 100));
  past('ben', 'ben', item('pen', 1, 100), item('cup', 3, 250));
  past('back', 'cat', item('cup', 1, 250));
  shop.cancel('order-past-back', 'key-past-back-cancelled');
  past('late', 'ben', item('map', 1, 400));
  shop.takeSnapshot(dayOf(earlier), new Date(endOf(dayOf(earlier)).getTime() + 15_000));

  shop.passTo(now);
  shop.cancel('order-past-late', 'key-past-late-cancelled');
  const mixed = {
    id: 'order-mixed',
    userId: 'ann',
    key: 'key-mixed',
    items: [item('pen', 2, 100), item('cup', 1, 250)],
  };
  const charged = shop.charge('ann', 5_000, 'key-charged');
  const ordered = shop.order(mixed);
  shop.order({ id: 'order-quiet', userId: 'ann', key: 'key-quiet', items: [item('pen', 1, 100)] });
  shop.charge('ben', 3_000, 'key-charged-quietly');
  const returned = shop.order({
    id: 'order-returned',
    userId: 'ben',
    key: 'key-returned',
    items: [item('map', 1, 400)],
  });
  const cancelled = shop.cancel('order-returned', 'key-cancelled');
  shop.order({ id: 'order-unheard', userId: 'cat', key: 'key-unheard', items: [item('cup', 2, 250)] });

  const restocked = shop.restock('cup', 5, 'key-restocked');
  shop.restock('pen', 2, 'key-restocked-quietly');

  shop.session('family-ann', 'ann', ['used', 'used', 'live']);
  shop.session('family-ben', 'ben', ['revoked', 'revoked']);

  const line = (userId: string, kind: string, key: string, body: unknown, rest: ClientLine): ClientLine => ({
    at: now.toISOString(),
    buyer: 1,
    userId,
    kind,
    key,
    body,
    attempt: 1,
    latencyMs: 5,
    ...rest,
  });
  const asked = (items: readonly { productId: string; quantity: number }[]) => ({
    items: items.map(({ productId, quantity }) => ({ productId, quantity })),
  });
  const ok = (response: ClientLine) => ({ outcome: 'ok', status: 201, replayed: false, response });
  const cups = asked([item('cup', 2, 250)]);
  const maps = asked([item('map', 1, 400)]);
  const log = [
    line('ann', 'charge', 'key-charged', { userId: 'ann', amount: 5_000 }, ok(charged)),
    line('ann', 'order', 'key-mixed', asked(mixed.items), { outcome: 'unknown' }),
    line('ann', 'order', 'key-mixed', asked(mixed.items), { ...ok(ordered), replayed: true }),
    line('ben', 'order', 'key-returned', maps, { outcome: 'refused', status: 409, code: 'lock-not-acquired' }),
    line('ben', 'order', 'key-returned', maps, ok(returned)),
    line('ben', 'cancel', 'key-cancelled', {}, ok(cancelled)),
    line(ADMIN, 'stock', 'key-restocked', { productId: 'cup', change: 5 }, { outcome: 'unknown' }),
    line(ADMIN, 'stock', 'key-restocked', { productId: 'cup', change: 5 }, ok(restocked)),
    line('cat', 'order', 'key-unheard', cups, { outcome: 'unknown' }),
    line('cat', 'order', 'key-never', cups, { outcome: 'unknown' }),
    line('cat', 'order', 'key-refused', cups, { outcome: 'refused', status: 409, code: 'sold-out' }),
  ];
  return { tables: shop.tables, log };
}
