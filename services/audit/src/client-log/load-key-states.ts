import type { Reader, Row } from '../snapshot/connect.ts';
import { effectIdOf } from './effect-id.ts';
import type { ChargeState, KeyState, OrderState, StockChangeState } from './key-state.ts';
import type { KeyStory } from './key-story.ts';

type Rows = Pick<Reader, 'rows'>;

const routes = {
  charge: 'points.charge',
  order: 'orders.place',
  cancel: 'orders.cancel',
  stock: 'products.stock',
} as const satisfies Record<KeyStory['kind'], string>;

/** In which table the effect of each kind is. */
const effects = {
  charge: 'charge',
  order: 'order',
  cancel: 'order',
  stock: 'stock-change',
} as const satisfies Record<KeyStory['kind'], string>;

const scopeOf = ({ userId, kind, key }: KeyStory): string[] => [userId, routes[kind], key];

const placeOf = (scope: readonly unknown[]): string => JSON.stringify(scope.map(String));

async function loadReferences(commerce: Rows, stories: readonly KeyStory[]): Promise<Map<string, string>> {
  const keys = stories.map(scopeOf);
  const rows = await commerce.rows(
    `SELECT user_id AS userId, route, idempotency_key AS \`key\`, reference
       FROM idempotency_keys WHERE (user_id, route, idempotency_key) IN (:keys)`,
    { keys },
  );
  return new Map(
    rows.map(({ userId, route, key, reference }) => [placeOf([userId, route, key]), String(reference)] as const),
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

async function loadStockChanges(commerce: Rows, ids: string[]): Promise<Map<string, StockChangeState>> {
  if (ids.length === 0) return new Map();
  const rows = await commerce.rows(
    `SELECT id, product_id AS productId, change_by AS \`change\` FROM stock_changes WHERE kind <> 'created' AND id IN (:ids)`,
    { ids },
  );
  return new Map(
    rows.map(({ id, productId, change }) => [
      String(id),
      { id: String(id), productId: String(productId), change: Number(change) },
    ]),
  );
}

/** Loads what the tables hold of these keys, in five statements for any number; the answer is in the same order. */
export async function loadKeyStates(commerce: Rows, stories: readonly KeyStory[]): Promise<KeyState[]> {
  const references = await loadReferences(commerce, stories);
  const named = stories.map((story) => {
    const reference = references.get(placeOf(scopeOf(story)));
    return { story, reference, effectId: effectIdOf(story) ?? reference };
  });
  const idsOf = (effect: (typeof effects)[KeyStory['kind']]): string[] =>
    named.flatMap(({ story, effectId }) => (effectId && effects[story.kind] === effect ? [effectId] : []));
  const orders = await loadOrders(commerce, idsOf('order'));
  const charges = await loadCharges(commerce, idsOf('charge'));
  const stockChanges = await loadStockChanges(commerce, idsOf('stock-change'));
  return named.map(({ story, reference, effectId = '' }) => {
    const effect = effects[story.kind];
    const order = effect === 'order' ? orders.get(effectId) : undefined;
    const charge = effect === 'charge' ? charges.get(effectId) : undefined;
    const stockChange = effect === 'stock-change' ? stockChanges.get(effectId) : undefined;
    return {
      ...(reference ? { reference } : {}),
      ...(order ? { order } : {}),
      ...(charge ? { charge } : {}),
      ...(stockChange ? { stockChange } : {}),
    };
  });
}
