/** One request under an Idempotency-Key; its scope is the user and the route. */
export interface IdempotentRequest {
  readonly userId: string;
  /** A name that outlives paths, such as 'orders.place'. */
  readonly route: string;
  readonly key: string;
  readonly requestHash: string;
}

/** One string for the user, route and key together. */
export function identityOf(request: Pick<IdempotentRequest, 'userId' | 'route' | 'key'>): string {
  return JSON.stringify([request.userId, request.route, request.key]);
}
