import { expect, test } from '@jest/globals';
import { orderCancelled, orderCompleted } from '@onsale/contracts';
import type { ReceivedEvent } from '@onsale/platform/messaging';
import { saleOf } from './sales-consumer.ts';

const items = [
  { productId: 'a', quantity: 2, unitPrice: 100 },
  { productId: 'b', quantity: 1, unitPrice: 50 },
];
const about = { id: 'event', source: 'order', key: 'order', time: new Date('2026-11-22T00:00:00Z') };
const completed = (completedAt: string): ReceivedEvent => ({
  ...about,
  topic: orderCompleted.topic,
  type: orderCompleted.type,
  data: { orderId: 'order', userId: 'user', items, discount: 0, total: 250, completedAt },
});
const cancelled = (completedAt: string): ReceivedEvent => ({
  ...about,
  topic: orderCancelled.topic,
  type: orderCancelled.type,
  data: { orderId: 'order', userId: 'user', items, refunded: 250, completedAt, cancelledAt: '2026-11-22T00:00:00Z' },
});

test.each([
  ['2026-11-20T14:59:59.999Z', '2026-11-20'],
  ['2026-11-20T15:00:00.000Z', '2026-11-21'],
])('an order of %s counts for %s, and against it when it is cancelled, whenever that is', (at, day) => {
  expect(saleOf(completed(at))).toMatchObject({ day, items: [{ quantity: 2 }, { quantity: 1 }] });
  expect(saleOf(cancelled(at))).toEqual({
    day,
    items: [
      { productId: 'a', quantity: -2 },
      { productId: 'b', quantity: -1 },
    ],
  });
});

test('an event of another version, or of a kind that its topic does not carry, is refused', () => {
  const at = '2026-11-20T00:00:00.000Z';
  expect(() => saleOf({ ...completed(at), type: 'onsale.order-completed.v2' })).toThrow('v2');
  expect(() => saleOf({ ...cancelled(at), topic: orderCompleted.topic })).toThrow('order-cancelled');
  expect(() => saleOf({ ...completed(at), data: { orderId: 'order' } })).toThrow('items');
});
