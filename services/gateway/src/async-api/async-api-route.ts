import type { AsyncApiDocument } from '@onsale/contracts';
import { type AnyRoute, ok, route } from '@onsale/platform/http';
import { z } from 'zod';

/** GET /asyncapi.json: what the platform tells in Kafka. */
export function asyncApiRoute(document: AsyncApiDocument): AnyRoute {
  return route({
    method: 'get',
    path: '/asyncapi.json',
    summary: 'The events of the whole, in AsyncAPI 3.0',
    tag: 'gateway',
    access: 'anyone',
    responses: { 200: { description: 'AsyncAPI 3.0', schema: z.looseObject({}) } },
    problems: [],
    handle: async () => ok(document),
  });
}
