import { type AnyRoute, ok, route } from '@onsale/platform/http';
import { z } from 'zod';
import type { JoinedDocument } from './joined-document.ts';

/** GET /openapi.json: the API as a whole. */
export function openApiRoute(joinedDocument: () => Promise<JoinedDocument>): AnyRoute {
  return route({
    method: 'get',
    path: '/openapi.json',
    summary: 'The API as a whole, in OpenAPI 3.1',
    tag: 'gateway',
    access: 'anyone',
    responses: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({}) } },
    problems: [],
    handle: async () => ok(await joinedDocument()),
  });
}
