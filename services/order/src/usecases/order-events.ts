import { type DomainEvent, orderCancelled, orderCompleted, paymentSucceeded } from '@onsale/contracts';
import type { StoredOrder } from '../persistence/find-order.ts';
import type { GrantedOrder } from '../persistence/insert-orders.ts';

/** What the world is told of an order paid by points: it has no payment row, so the order itself says it is paid. */
export function orderEvents(order: GrantedOrder, nextId: () => string): DomainEvent[] {
  const time = order.createdAt;
  const at = time.toISOString();
  const { id: orderId, userId, total } = order;
  return [
    orderCompleted.create({
      id: nextId(),
      source: 'order',
      time,
      data: { orderId, userId, items: [...order.items], discount: 0, total, completedAt: at },
    }),
    paymentSucceeded.create({
      id: nextId(),
      source: 'order',
      time,
      data: { orderId, userId, method: 'points', amount: total, paidAt: at },
    }),
  ];
}

/** What the world is told of an order that was taken back. */
export function cancellationEvent(order: StoredOrder, cancelledAt: Date, nextId: () => string): DomainEvent {
  return orderCancelled.create({
    id: nextId(),
    source: 'order',
    time: cancelledAt,
    data: {
      orderId: order.id,
      userId: order.userId,
      items: [...order.items],
      refunded: order.total,
      completedAt: order.createdAt.toISOString(),
      cancelledAt: cancelledAt.toISOString(),
    },
  });
}
