import type { Context, Span } from '@opentelemetry/api';

/** What is known of a request while it is answered: kept in `response.locals`. */
export interface Exchange {
  readonly requestId: string;
  /** The trace's id; the request's own id in a process that traces nothing. */
  readonly traceId: string;
  /** The context that holds the request's server span. */
  readonly context: Context;
  readonly span: Span;
  /** The route's path as it was defined, for metrics and logs; undefined until one is found. */
  route: string | undefined;
  userId: string | undefined;
  /** The code of the problem it was answered with. */
  code: string | undefined;
  /** Keeps the request counted as in flight until the given work has settled, whatever became of the answer. */
  holdFor(work: Promise<unknown>): void;
}

declare global {
  namespace Express {
    interface Locals {
      exchange?: Exchange;
      /** The methods of the routes at the request's path; set when none of them is the request's. */
      allowed?: Set<string>;
    }
  }
}
