import { balance, chargeBody, charged, id, pageOf, pointEntry } from '@onsale/contracts';
import { type AnyRoute, decodeCursor, encodeCursor, ok, pageQuery, replay, route } from '@onsale/platform/http';
import { z } from 'zod';
import type { chargePoints } from '../usecases/charge-points.ts';
import type { getBalance, listEntries } from '../usecases/read-points.ts';

export interface PointRoutes {
  readonly chargePoints: ReturnType<typeof chargePoints>;
  readonly getBalance: ReturnType<typeof getBalance>;
  readonly listEntries: ReturnType<typeof listEntries>;
}

const userParams = z.object({ userId: id });
const entryCursor = z.object({ before: z.int().positive() });

/** The routes of the point service. */
export const pointRoutes = (points: PointRoutes): AnyRoute[] => [
  route({
    method: 'get',
    path: '/api/balance/:userId',
    tag: 'points',
    summary: "A user's balance in won",
    access: 'user',
    params: userParams,
    owner: ({ params }) => params.userId,
    responses: { 200: { description: 'The balance', schema: balance } },
    problems: [],
    handle: async ({ params: { userId } }) => ok({ userId, balance: await points.getBalance(userId) }),
  }),
  route({
    method: 'post',
    path: '/api/balance/charge',
    tag: 'points',
    summary: 'Charge points',
    access: 'user',
    idempotencyKey: 'required',
    body: chargeBody,
    owner: ({ body }) => body.userId,
    responses: { 200: { description: 'The balance after the charge', schema: charged } },
    problems: [
      'lock-not-acquired',
      'locks-unavailable',
      'request-in-progress',
      'idempotency-key-reused',
      'outcome-unknown',
    ],
    handle: async ({ body, idempotencyKey }) => replay(await points.chargePoints(body, idempotencyKey)),
  }),
  route({
    method: 'get',
    path: '/api/balance/:userId/transactions',
    tag: 'points',
    summary: "A user's ledger, the newest entry first",
    access: 'user',
    params: userParams,
    query: z.object(pageQuery),
    owner: ({ params }) => params.userId,
    responses: { 200: { description: 'A page of entries', schema: pageOf(pointEntry) } },
    problems: [],
    handle: async ({ params: { userId }, query: { limit, cursor } }) => {
      const before = cursor === undefined ? undefined : decodeCursor(entryCursor, cursor).before;
      const { items, next } = await points.listEntries({ userId, limit, before });
      return ok(next === undefined ? { items } : { items, next: encodeCursor({ before: next }) });
    },
  }),
];
