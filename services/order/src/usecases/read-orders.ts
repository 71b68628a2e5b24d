import type { Order } from '@onsale/contracts';
import type { Database } from '@onsale/platform/database';
import { findOrder, orderColumns, type StoredOrder, toOrder, withItems } from '../persistence/find-order.ts';
import { notOwner, orderNotFound } from './refusals.ts';

/**
 * An order for its owner, who sees their own writes at once.
 * @throws DomainError `order-not-found`, `not-owner`
 */
export const getOrder =
  ({ database }: { database: Database }) =>
  async (orderId: string, userId: string): Promise<Order> => {
    const order = await database.read((reading) => findOrder(reading, orderId), { after: userId });
    if (order === undefined) throw orderNotFound(orderId);
    if (order.userId !== userId) throw notOwner();
    return toOrder(order);
  };

/** The place in a user's list after which a page begins. */
export interface OrderCursor {
  readonly createdAt: string;
  readonly id: string;
}

interface ListOrders {
  readonly userId: string;
  readonly limit: number;
  readonly after: OrderCursor | undefined;
}

/** A user's orders, the newest first; `next` is where the page after this one begins. */
export const listOrders =
  ({ database }: { database: Database }) =>
  async ({ userId, limit, after }: ListOrders): Promise<{ items: Order[]; next?: OrderCursor }> => {
    const orders = await database.read(
      async (reading) =>
        withItems(
          reading,
          await reading.rows<Omit<StoredOrder, 'items'>>(
            `SELECT ${orderColumns} FROM orders
              WHERE user_id = :userId ${after === undefined ? '' : 'AND (created_at, id) < (:createdAt, :id)'}
              ORDER BY created_at DESC, id DESC LIMIT :limit`,
            {
              userId,
              limit: limit + 1,
              ...(after !== undefined && { createdAt: new Date(after.createdAt), id: after.id }),
            },
          ),
        ),
      { after: userId },
    );
    const items = orders.slice(0, limit);
    const last = items.at(-1);
    const page = { items: items.map(toOrder) };
    return orders.length > limit && last !== undefined
      ? { ...page, next: { createdAt: last.createdAt.toISOString(), id: last.id } }
      : page;
  };
