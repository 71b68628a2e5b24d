import { id } from '@onsale/contracts';
import { type AnyRoute, DomainError, ok, route } from '@onsale/platform/http';
import { z } from 'zod';
import type { Faults } from '../domain/faults.ts';

const LONGEST_DELAY_MS = 60_000;

const faultSettings = z.strictObject({
  mode: z.enum(['none', 'slow', 'fail', 'hang', 'lie']),
  delayMs: z.int().min(0).max(LONGEST_DELAY_MS).default(1_000),
  status: z.int().min(400).max(599).default(503),
  share: z.number().min(0).max(1).default(1),
  after: z.enum(['before', 'storing']).default('before'),
  only: id.optional(),
});

/** Showing and setting what goes wrong here on request. */
export const faultRoutes = (faults: Faults, { allowed }: { allowed: boolean }): AnyRoute[] => [
  route({
    method: 'get',
    path: '/faults',
    tag: 'faults',
    summary: 'What goes wrong with deliveries now',
    access: 'user',
    responses: { 200: { description: 'The fault', schema: faultSettings } },
    problems: [],
    handle: async () => ok(faults.current()),
  }),
  route({
    method: 'put',
    path: '/faults',
    tag: 'faults',
    summary: 'Have deliveries go wrong, or right again with the mode none',
    access: 'user',
    body: faultSettings,
    responses: { 200: { description: 'The fault', schema: faultSettings } },
    problems: ['faults-refused'],
    handle: async ({ body }) => {
      if (!allowed) throw new DomainError('denied', 'faults-refused', 'Faults are not for this installation.');
      return ok(faults.set(body));
    },
  }),
];
