import type { IncomingMessage } from 'node:http';
import { bearerToken, type Caller, type VerifyToken } from '@onsale/platform/http';
import type { GatewayRoute } from '../routing/route-table.ts';

/**
 * Who calls, where the route cares. Without a token nobody does, and the service says what it thinks of that.
 * @throws ProblemError 401 `token-invalid` or `token-expired`; DomainError `keys-unavailable`
 */
export async function identify(
  request: IncomingMessage,
  route: GatewayRoute,
  verifyToken: VerifyToken,
): Promise<Caller | undefined> {
  const { authorization } = request.headers;
  if (route.anonymous || authorization === undefined) return undefined;
  return verifyToken(bearerToken(authorization));
}
