import type { ServerResponse } from 'node:http';
import type { Caller } from '@onsale/platform/http';
import type { RateLimit } from '../limits/rate-limit.ts';
import { addressKey } from '../proxy/client-address.ts';
import { rateLimited } from '../proxy/proxy-problems.ts';
import type { GatewayRoute } from '../routing/route-table.ts';

/** The limits there are. Addresses are counted on routes for strangers only: a whole stadium shares an address. */
export interface RateLimits {
  user: RateLimit;
  address: RateLimit;
}

/** Who is asking for what. */
export interface Asking {
  route: GatewayRoute;
  caller: Caller | undefined;
  address: string;
}

function count({ user, address: byAddress }: RateLimits, { route, caller, address }: Asking) {
  if (route.limit === 'address') return byAddress(addressKey(address));
  return caller && user(caller.userId);
}

/** Counts a request and says in its answer's headers what is left. @throws ProblemError 429 `rate-limited` */
export async function applyRateLimit(limits: RateLimits, asking: Asking, response: ServerResponse): Promise<void> {
  const allowance = await count(limits, asking);
  if (allowance === undefined) return;
  response.setHeader('RateLimit-Limit', allowance.limit);
  response.setHeader('RateLimit-Remaining', allowance.remaining);
  response.setHeader('RateLimit-Reset', allowance.resetSeconds);
  if (!allowance.allowed) throw rateLimited(allowance.resetSeconds);
}
