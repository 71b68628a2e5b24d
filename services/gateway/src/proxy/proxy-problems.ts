import { DomainError, ProblemError } from '@onsale/platform/http';

/** No instance of the service can take the request; none has seen it. */
export const serviceUnavailable = (service: string) =>
  new DomainError('unavailable', 'service-unavailable', `The service ${service} is not available just now`, {
    retryAfterSeconds: 1,
  });

/** More wait for the service than it can serve; it has not seen this request. */
export const crowded = (service: string, retryAfterSeconds: number) =>
  new DomainError('unavailable', 'overloaded', `Too many want the service ${service} just now`, { retryAfterSeconds });

/** The service took the request and gave no whole answer: what became of it is unknown. */
export const upstreamFailed = (service: string) =>
  new ProblemError({ status: 502, code: 'upstream-failed', detail: `The service ${service} broke off the request` });

export const upstreamTimedOut = (service: string) =>
  new ProblemError({
    status: 504,
    code: 'upstream-timed-out',
    detail: `The service ${service} did not answer in time`,
  });

export const invalidRequest = () =>
  new ProblemError({ status: 400, code: 'invalid-request', detail: 'The request cannot be passed on as it is' });

export const bodyTooLarge = (limitBytes: number) =>
  new ProblemError({
    status: 413,
    code: 'body-too-large',
    detail: `The body may have ${limitBytes} bytes`,
    headers: { Connection: 'close' },
  });

export const rateLimited = (retryAfterSeconds: number) =>
  new ProblemError({ status: 429, code: 'rate-limited', detail: 'Too many requests', retryAfterSeconds });

export const methodNotAllowed = (allowed: readonly string[]) =>
  new ProblemError({
    status: 405,
    code: 'method-not-allowed',
    detail: 'No service takes this method',
    headers: { Allow: allowed.join(', ') },
  });
