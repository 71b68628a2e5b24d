import { z } from 'zod';
import { openApiOf } from './open-api-of.ts';
import { ok } from './reply.ts';
import { type AnyRoute, route } from './route.ts';

/** The route that tells what the others are: GET /openapi.json, for anyone. */
export function openApiRoute(service: string, routes: readonly AnyRoute[]): AnyRoute {
  const document = openApiOf(service, routes);
  return route({
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    tag: 'meta',
    access: 'anyone',
    responses: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({}) } },
    problems: [],
    handle: async () => ok(document),
  });
}
