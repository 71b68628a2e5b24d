import { z } from 'zod';
import { amount, id, instant, pricedItem } from '../fields.ts';
import { eventKind } from './event.ts';

/** A completed order taken back: `completedAt` is the day it counts against. */
export const orderCancelled = eventKind(
  'order-cancelled',
  1,
  z.object({
    orderId: id,
    userId: id,
    items: z.array(pricedItem).min(1),
    refunded: amount,
    completedAt: instant,
    cancelledAt: instant,
  }),
  (data) => data.orderId,
);
