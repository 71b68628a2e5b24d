import type { Reader, Row } from '../snapshot/connect.ts';
import { effectIdOf } from './effect-id.ts';
import type { ChargeState, KeyState, OrderState } from './key-state.ts';
import { identityOf, type KeyStory } from './key-story.ts';

type Rows = Pick<Reader, 'rows'>;

const kinds = { 'points.charge': 'charge', 'orders.place': 'order', 'orders.cancel': 'cancel' } as const;

const routes = { charge: 'points.charge', order: 'orders.place', cancel: 'orders.cancel' } as const;

async function loadReferences(commerce: Rows, stories: readonly KeyStory[]): Promise<Map<string, string>> {
  const keys = stories.map(({ userId, kind, key }) => [userId, routes[kind], key]);
  const rows = await commerce.rows(
    `SELECT user_id AS userId, route, idempotency_key AS \`key\`, reference
       FROM idempotency_keys WHERE (user_id, route, idempotency_key) IN (:keys)`,
    { keys },
  );
  return new Map(
    rows.flatMap(({ userId, route, key, reference }) => {
      const kind = Object.entries(kinds).find(([name]) => name === route)?.[1];
      return kind ? [[identityOf({ userId: String(userId), kind, key: String(key) }), String(reference)]] : [];
    }),
  );
}

function byId(rows: readonly Row[], column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const id = String(row[column]);
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return groups;
}

async function loadOrders(commerce: Rows, ids: string[]): Promise<Map<string, OrderState>> {
  if (ids.length === 0) return new Map();
  const orders = await commerce.rows('SELECT id, user_id AS userId, status, total FROM orders WHERE id IN (:ids)', {
    ids,
  });
  const items = byId(
    await commerce.rows(
      `SELECT order_id AS orderId, product_id AS productId, quantity, unit_price AS unitPrice
         FROM order_items WHERE order_id IN (:ids)`,
      { ids },
    ),
    'orderId',
  );
  return new Map(
    orders.map((order) => {
      const id = String(order.id);
      const inIt = (items.get(id) ?? []).map((item) => ({
        productId: String(item.productId),
        quantity: Number(item.quantity),
        unitPrice: Number(item.unitPrice),
      }));
      const { userId, status, total } = order;
      return [id, { id, userId: String(userId), status: String(status), total: Number(total), items: inIt }];
    }),
  );
}

async function loadCharges(commerce: Rows, ids: string[]): Promise<Map<string, ChargeState>> {
  if (ids.length === 0) return new Map();
  const rows = await commerce.rows(
    `SELECT id, user_id AS userId, amount, balance_after AS balanceAfter
       FROM point_entries WHERE kind = 'charge' AND id IN (:ids)`,
    { ids },
  );
  return new Map(
    rows.map(({ id, userId, amount, balanceAfter }) => [
      String(id),
      { id: String(id), userId: String(userId), amount: Number(amount), balanceAfter: Number(balanceAfter) },
    ]),
  );
}

/** Loads what the tables hold of these keys, in four statements for any number; the answer is in the same order. */
export async function loadKeyStates(commerce: Rows, stories: readonly KeyStory[]): Promise<KeyState[]> {
  const references = await loadReferences(commerce, stories);
  const named = stories.map((story) => {
    const reference = references.get(identityOf(story));
    return { story, reference, effectId: effectIdOf(story) ?? reference };
  });
  const idsOf = (charges: boolean): string[] =>
    named.flatMap(({ story, effectId }) => (effectId && (story.kind === 'charge') === charges ? [effectId] : []));
  const orders = await loadOrders(commerce, idsOf(false));
  const charges = await loadCharges(commerce, idsOf(true));
  return named.map(({ story, reference, effectId = '' }) => {
    const order = story.kind === 'charge' ? undefined : orders.get(effectId);
    const charge = story.kind === 'charge' ? charges.get(effectId) : undefined;
    return { ...(reference ? { reference } : {}), ...(order ? { order } : {}), ...(charge ? { charge } : {}) };
  });
}
