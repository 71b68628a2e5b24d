import { z } from 'zod';
import { amount, id, instant, pricedItem } from '../fields.ts';
import { eventKind } from './event.ts';

/** A completed order was taken back. */
export const orderCancelled = eventKind(
  'order-cancelled',
  1,
  z
    .object({
      orderId: id,
      userId: id,
      items: z.array(pricedItem).min(1),
      refunded: amount,
      completedAt: instant.describe(
        'When the order was completed: the cancellation counts against the day of its sale.',
      ),
      cancelledAt: instant,
    })
    .describe('A completed order, taken back as a whole.'),
  (data) => data.orderId,
);
