import { bestsellers } from '@onsale/contracts';
import { type AnyRoute, ok, pageQuery, route } from '@onsale/platform/http';
import { z } from 'zod';
import type { liveBestsellers } from '../usecases/live-bestsellers.ts';
import type { popularProducts } from '../usecases/popular-products.ts';
import type { readSnapshot } from '../usecases/read-snapshot.ts';

export interface BestsellerRoutes {
  readonly liveBestsellers: ReturnType<typeof liveBestsellers>;
  readonly popularProducts: ReturnType<typeof popularProducts>;
  readonly readSnapshot: ReturnType<typeof readSnapshot>;
}

const { limit } = pageQuery;

/** The routes of the bestseller service. */
export const bestsellerRoutes = (rankings: BestsellerRoutes): AnyRoute[] => [
  route({
    method: 'get',
    path: '/api/bestsellers',
    tag: 'bestsellers',
    summary: 'What sold most on a day that has ended (Asia/Seoul), the newest unless told',
    access: 'anyone',
    query: z.object({ date: z.iso.date().optional(), limit }),
    responses: { 200: { description: 'The ranking as it was written down after midnight', schema: bestsellers } },
    problems: ['snapshot-not-found'],
    handle: async ({ query: { date, limit: count } }) => ok(await rankings.readSnapshot({ day: date, limit: count })),
  }),
  route({
    method: 'get',
    path: '/api/bestsellers/live',
    tag: 'bestsellers',
    summary: 'What sold most today (Asia/Seoul), up to a second ago',
    access: 'anyone',
    query: z.object({ limit }),
    responses: { 200: { description: 'The ranking of the running day', schema: bestsellers } },
    problems: [],
    handle: async ({ query }) => ok(await rankings.liveBestsellers(query.limit)),
  }),
  route({
    method: 'get',
    path: '/api/products/popular',
    tag: 'bestsellers',
    summary: 'The five products that sold most today and on the two days before (Asia/Seoul)',
    access: 'anyone',
    responses: { 200: { description: 'Five products at most', schema: bestsellers } },
    problems: [],
    handle: async () => ok(await rankings.popularProducts()),
  }),
];
