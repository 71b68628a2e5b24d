import { z } from 'zod';
import { amount, id, instant, pricedItem } from '../fields.ts';
import { eventKind } from './event.ts';

/** An order is paid and final. */
export const orderCompleted = eventKind(
  'order-completed',
  1,
  z
    .object({
      orderId: id,
      userId: id,
      items: z.array(pricedItem).min(1),
      discount: amount,
      total: amount.describe('What was paid, in won: the items less the discount.'),
      completedAt: instant,
    })
    .describe('An order that is paid and final; bestsellers and the data platform count it.'),
  (data) => data.orderId,
);
