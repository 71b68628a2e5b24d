import type { PlaceOrderBody } from '@onsale/contracts';
import { type IdempotentRequest, identityOf, requestHash } from '@onsale/platform/database';
import { DomainError } from '@onsale/platform/http';
import { withSpan } from '@onsale/platform/telemetry';
import { context } from '@opentelemetry/api';
import type { Lanes } from '../lanes/lanes.ts';
import type { OrderJob, PlacedOrder } from './order-job.ts';

/** The route's name in the scope of its idempotency keys. */
const PLACE_ORDER = 'orders.place';

interface Running {
  readonly request: IdempotentRequest;
  readonly answer: Promise<PlacedOrder>;
}

/**
 * Places one order by way of its lane. Requests of one key that meet here share one answer.
 * @throws DomainError `sold-out`, `insufficient-points`, `product-not-found`, `lock-not-acquired`, `idempotency-key-reused`
 */
export function createPlaceOrder(lanes: Lanes<OrderJob, PlacedOrder>) {
  const running = new Map<string, Running>();

  const join = (body: PlaceOrderBody, request: IdempotentRequest): Promise<PlacedOrder> =>
    withSpan('place order', {}, (span) =>
      lanes.join({ request, userId: body.userId, items: body.items, span, context: context.active() }),
    );

  return async (body: PlaceOrderBody, key: string): Promise<PlacedOrder> => {
    const request = { userId: body.userId, route: PLACE_ORDER, key, requestHash: requestHash(body) };
    const identity = identityOf(request);
    const twin = running.get(identity);
    if (twin !== undefined) {
      if (twin.request.requestHash !== request.requestHash) {
        throw new DomainError('rule', 'idempotency-key-reused', 'The key is being used for another order.');
      }
      return { ...(await twin.answer), replayed: true };
    }
    const answer = join(body, request).finally(() => running.delete(identity));
    running.set(identity, { request, answer });
    return answer;
  };
}
