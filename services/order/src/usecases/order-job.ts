import type { Answer, IdempotentRequest } from '@onsale/platform/database';
import type { Context, Span } from '@opentelemetry/api';
import type { Basket } from '../domain/decide-order.ts';
import type { JobOutcome } from '../lanes/job-outcome.ts';

/** An order that waits to be placed. */
export interface OrderJob extends Basket {
  readonly request: IdempotentRequest;
  /** The order's own span, and the trace it belongs to. */
  readonly span: Span;
  readonly context: Context;
}

/** What a placed order is answered with; `replayed` when its key was answered before. */
export interface PlacedOrder extends Answer {
  readonly replayed: boolean;
}

export type OrderOutcome = JobOutcome<PlacedOrder>;
