import { pageOf } from '@onsale/contracts';
import { type AnyRoute, decodeCursor, encodeCursor, ok, pageQuery, route } from '@onsale/platform/http';
import { z } from 'zod';
import { delivery, orderEvent, receipt } from '../domain/order-event.ts';
import type { Deliveries } from '../persistence/deliveries.ts';
import type { receiveOrder } from '../usecases/receive-order.ts';

export interface DeliveryRoutes {
  readonly receive: ReturnType<typeof receiveOrder>;
  readonly deliveries: Pick<Deliveries, 'list' | 'count'>;
}

const listQuery = z.object({ ...pageQuery, limit: z.coerce.number().int().min(1).max(1_000).default(100) });
const listCursor = z.int().nonnegative();

/** Taking events in, and showing what was taken in. */
export const deliveryRoutes = ({ receive, deliveries }: DeliveryRoutes): AnyRoute[] => [
  route({
    method: 'post',
    path: '/orders',
    tag: 'orders',
    summary: 'Deliver an event about an order; the same event again is answered the same and stored once',
    access: 'user',
    body: orderEvent,
    responses: {
      201: { description: 'Stored', schema: receipt },
      200: { description: 'Stored before', schema: receipt },
    },
    problems: ['event-id-reused'],
    handle: ({ body, signal }) => receive(body, signal),
  }),
  route({
    method: 'get',
    path: '/orders',
    tag: 'orders',
    summary: 'What was delivered, in the order it came',
    access: 'user',
    query: listQuery,
    responses: { 200: { description: 'A page of deliveries', schema: pageOf(delivery) } },
    problems: [],
    handle: async ({ query: { limit, cursor } }) => {
      const after = cursor === undefined ? 0 : decodeCursor(listCursor, cursor);
      const { items, next } = await deliveries.list({ after, limit });
      return ok(next === undefined ? { items } : { items, next: encodeCursor(next) });
    },
  }),
  route({
    method: 'get',
    path: '/orders/count',
    tag: 'orders',
    summary: 'How many events were delivered',
    access: 'user',
    responses: { 200: { description: 'The number', schema: z.object({ count: z.int() }) } },
    problems: [],
    handle: async () => ok({ count: await deliveries.count() }),
  }),
];
