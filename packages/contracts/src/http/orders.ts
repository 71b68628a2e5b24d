import { z } from 'zod';
import { amount, id, instant, pricedItem, quantity } from '../fields.ts';

/** The most products in one order. */
export const MAX_ORDER_ITEMS = 20;

const orderedItem = z.strictObject({ productId: id, quantity });

/** Body of POST /api/orders. */
export const placeOrderBody = z.strictObject({
  userId: id,
  items: z
    .array(orderedItem)
    .min(1)
    .max(MAX_ORDER_ITEMS)
    .refine((items) => new Set(items.map((item) => item.productId)).size === items.length, {
      error: 'each product at most once',
    }),
  payment: z.literal('points').default('points'),
});

export const orderStatus = z.enum(['COMPLETED', 'CANCELLED']);

/** An order as every route answers it. */
export const order = z
  .object({
    id,
    userId: id,
    status: orderStatus,
    items: z.array(pricedItem),
    discount: amount,
    total: amount,
    createdAt: instant,
    cancelledAt: instant.optional(),
  })
  .meta({ id: 'Order' });

/** Body of POST /api/orders/{id}/cancel: nothing is asked. */
export const cancelOrderBody = z.strictObject({});

export type PlaceOrderBody = z.infer<typeof placeOrderBody>;
export type Order = z.infer<typeof order>;
export type OrderStatus = z.infer<typeof orderStatus>;
