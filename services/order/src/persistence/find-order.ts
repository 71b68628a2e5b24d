import type { Order, OrderStatus } from '@onsale/contracts';
import type { Reading } from '@onsale/platform/database';
import type { PricedItem } from '../domain/decide-order.ts';

/** An order as the tables hold it. */
export interface StoredOrder {
  readonly id: string;
  readonly userId: string;
  readonly status: OrderStatus;
  readonly discount: number;
  readonly total: number;
  readonly createdAt: Date;
  readonly cancelledAt: Date | null;
  readonly items: readonly PricedItem[];
}

type OrderRow = Omit<StoredOrder, 'items'>;

/** The columns of an order, for queries that select some of them. */
export const orderColumns =
  'id, user_id AS userId, status, discount, total, created_at AS createdAt, cancelled_at AS cancelledAt';

/** Puts the items of the orders beside them. */
export async function withItems(reading: Reading, rows: readonly OrderRow[]): Promise<StoredOrder[]> {
  if (rows.length === 0) return [];
  const items = await reading.rows<PricedItem & { orderId: string }>(
    `SELECT order_id AS orderId, product_id AS productId, quantity, unit_price AS unitPrice
       FROM order_items WHERE order_id IN (:ids) ORDER BY order_id, product_id`,
    { ids: rows.map((row) => row.id) },
  );
  const byOrder = Map.groupBy(items, (item) => item.orderId);
  return rows.map((row) => ({
    ...row,
    items: (byOrder.get(row.id) ?? []).map(({ orderId: _, ...item }) => item),
  }));
}

/** The order with its items, or nothing. */
export async function findOrder(reading: Reading, orderId: string): Promise<StoredOrder | undefined> {
  const rows = await reading.rows<OrderRow>(`SELECT ${orderColumns} FROM orders WHERE id = :orderId`, { orderId });
  const [order] = await withItems(reading, rows);
  return order;
}

/** The order as the API answers it. */
export const toOrder = ({ createdAt, cancelledAt, items, ...order }: StoredOrder): Order => ({
  ...order,
  items: [...items],
  createdAt: createdAt.toISOString(),
  ...(cancelledAt !== null && { cancelledAt: cancelledAt.toISOString() }),
});
