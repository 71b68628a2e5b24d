import { z } from 'zod';

/** Where requests under a path prefix go. */
export const gatewayRoute = z.strictObject({
  prefix: z.string().regex(/^(\/[A-Za-z0-9._~-]+)+$/, 'a path without a slash at its end'),
  service: z.string().min(1),
  /** No token is needed here, and one that is sent is neither checked nor passed on. */
  anonymous: z.boolean().default(false),
  /** Whose requests are counted together: the token's user, or the client's address. */
  limit: z.enum(['user', 'address']),
});

export type GatewayRoute = z.output<typeof gatewayRoute>;

/** Finds the route of a path: the longest prefix that ends where a segment ends. */
export type RouteTable = (path: string) => GatewayRoute | undefined;

// Services may read such a path otherwise than this table does, so it has no route.
const AMBIGUOUS = /(^|\/)(\.|%2e){1,2}(\/|$)|%2f|%5c|%00|\\|\/\//i;

export function createRouteTable(routes: readonly GatewayRoute[]): RouteTable {
  const longestFirst = routes.toSorted((a, b) => b.prefix.length - a.prefix.length);
  return (path) => {
    if (AMBIGUOUS.test(path)) return undefined;
    return longestFirst.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  };
}
