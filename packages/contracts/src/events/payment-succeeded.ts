import { z } from 'zod';
import { amount, id, instant } from '../fields.ts';
import { eventKind } from './event.ts';

/** Money changed hands for an order. */
export const paymentSucceeded = eventKind(
  'payment-succeeded',
  1,
  z
    .object({ orderId: id, userId: id, method: z.literal('points'), amount, paidAt: instant })
    .describe(
      "Money changed hands for an order. One paid by points has no payment row: its event's source is `order`.",
    ),
  (data) => data.orderId,
);
