import { cancelOrderBody, id, order, pageOf, placeOrderBody } from '@onsale/contracts';
import { type AnyRoute, decodeCursor, encodeCursor, ok, pageQuery, replay, route } from '@onsale/platform/http';
import { z } from 'zod';
import type { cancelOrder } from '../usecases/cancel-order.ts';
import type { createPlaceOrder } from '../usecases/place-order.ts';
import type { getOrder, listOrders } from '../usecases/read-orders.ts';

export interface OrderRoutes {
  readonly placeOrder: ReturnType<typeof createPlaceOrder>;
  readonly cancelOrder: ReturnType<typeof cancelOrder>;
  readonly getOrder: ReturnType<typeof getOrder>;
  readonly listOrders: ReturnType<typeof listOrders>;
}

const orderParams = z.object({ id });
const orderCursor = z.object({ createdAt: z.iso.datetime(), id });

/** The routes of the order service. */
export const orderRoutes = (orders: OrderRoutes): AnyRoute[] => [
  route({
    method: 'post',
    path: '/api/orders',
    tag: 'orders',
    summary: 'Place an order, paid by points',
    access: 'user',
    idempotencyKey: 'required',
    body: placeOrderBody,
    owner: ({ body }) => body.userId,
    responses: { 201: { description: 'The order, paid and final', schema: order } },
    problems: [
      'sold-out',
      'lock-not-acquired',
      'request-in-progress',
      'insufficient-points',
      'product-not-found',
      'idempotency-key-reused',
      'outcome-unknown',
    ],
    handle: async ({ body, idempotencyKey }) => replay(await orders.placeOrder(body, idempotencyKey)),
  }),
  route({
    method: 'get',
    path: '/api/orders',
    tag: 'orders',
    summary: "A user's orders, the newest first",
    access: 'user',
    query: z.object({ ...pageQuery, userId: id }),
    owner: ({ query }) => query.userId,
    responses: { 200: { description: 'A page of orders', schema: pageOf(order) } },
    problems: [],
    handle: async ({ query: { userId, limit, cursor } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(orderCursor, cursor);
      const { items, next } = await orders.listOrders({ userId, limit, after });
      return ok(next === undefined ? { items } : { items, next: encodeCursor(next) });
    },
  }),
  route({
    method: 'get',
    path: '/api/orders/:id',
    tag: 'orders',
    summary: 'An order of the caller',
    access: 'user',
    params: orderParams,
    responses: { 200: { description: 'The order', schema: order } },
    problems: ['order-not-found', 'not-owner'],
    handle: async ({ params, caller }) => ok(await orders.getOrder(params.id, caller.userId)),
  }),
  route({
    method: 'post',
    path: '/api/orders/:id/cancel',
    tag: 'orders',
    summary: 'Cancel an order: points are refunded, stock is returned',
    access: 'user',
    idempotencyKey: 'required',
    params: orderParams,
    body: cancelOrderBody,
    responses: { 200: { description: 'The order, cancelled', schema: order } },
    problems: [
      'order-not-found',
      'not-owner',
      'order-already-cancelled',
      'request-in-progress',
      'idempotency-key-reused',
    ],
    handle: async ({ params, caller, idempotencyKey }) =>
      replay(await orders.cancelOrder(params.id, caller.userId, idempotencyKey)),
  }),
];
