import { randomUUID } from 'node:crypto';
import { orderCompleted } from '@onsale/contracts';
import type { Database } from '@onsale/platform/database';
import { writeOutbox } from '@onsale/platform/messaging';

const productIds = Array.from({ length: 100 }, () => randomUUID());

/** What an order tells of, one or two of a hundred products. */
function completedOrder(number: number) {
  const time = new Date();
  const items = Array.from({ length: 1 + (number % 2) }, (_, index) => ({
    productId: productIds[(number * 7 + index * 13) % productIds.length] ?? '',
    quantity: 1,
    unitPrice: 1_000,
  }));
  const total = 1_000 * items.length;
  const order = { orderId: randomUUID(), userId: randomUUID(), items, discount: 0, total };
  return orderCompleted.create({
    id: randomUUID(),
    source: 'benchmark',
    time,
    data: { ...order, completedAt: time.toISOString() },
  });
}

/** Commits the events of so many orders in one transaction; their ids. */
export async function completeOrders(database: Database, count: number): Promise<string[]> {
  const events = Array.from({ length: count }, (_, number) => completedOrder(number));
  await database.transaction('benchmark', (tx) => writeOutbox(tx, events));
  return events.map(({ id }) => id);
}

/** Commits the events of so many orders, as fast as four writers can. */
export async function fillOutbox(database: Database, count: number): Promise<void> {
  let left = count;
  const write = async () => {
    while (left > 0) {
      const next = Math.min(500, left);
      left -= next;
      await completeOrders(database, next);
    }
  };
  await Promise.all([write(), write(), write(), write()]);
}
