import type { Order } from '@onsale/contracts';
import type { IdempotentRequest, Tx } from '@onsale/platform/database';
import type { PricedItem } from '../domain/decide-order.ts';

/** An order that was granted in this transaction. */
export interface GrantedOrder {
  readonly request: IdempotentRequest;
  readonly id: string;
  readonly userId: string;
  readonly items: readonly PricedItem[];
  readonly total: number;
  readonly createdAt: Date;
}

/**
 * Writes the orders with their items, two statements for any number. They are COMPLETED from the start:
 * stock, points and order commit together, so nobody can ever see one that is still in process.
 */
export async function insertOrders(tx: Tx, orders: readonly GrantedOrder[]): Promise<void> {
  await tx.change('INSERT INTO orders (id, user_id, status, discount, total, created_at) VALUES :rows', {
    rows: orders.map((order) => [order.id, order.userId, 'COMPLETED', 0, order.total, order.createdAt]),
  });
  await tx.change('INSERT INTO order_items (order_id, product_id, quantity, unit_price) VALUES :rows', {
    rows: orders.flatMap((order) =>
      order.items.map((item) => [order.id, item.productId, item.quantity, item.unitPrice]),
    ),
  });
}

/** The order as the API answers it. */
export const toOrder = (order: GrantedOrder): Order => ({
  id: order.id,
  userId: order.userId,
  status: 'COMPLETED',
  items: [...order.items],
  discount: 0,
  total: order.total,
  createdAt: order.createdAt.toISOString(),
});
