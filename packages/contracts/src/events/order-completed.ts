import { z } from 'zod';
import { amount, id, instant, pricedItem } from '../fields.ts';
import { eventKind } from './event.ts';

/** An order that is paid and final; bestsellers and the data platform count it. */
export const orderCompleted = eventKind(
  'order-completed',
  1,
  z.object({
    orderId: id,
    userId: id,
    items: z.array(pricedItem).min(1),
    discount: amount,
    total: amount,
    completedAt: instant,
  }),
  (data) => data.orderId,
);
