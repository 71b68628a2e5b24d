import { problems } from '@onsale/contracts';
import { DomainError, type ErrorKind } from '@onsale/platform/http';
import type { Decision } from '../domain/decide-order.ts';
import type { OrderOutcome } from './order-job.ts';

type Reason = Exclude<Decision, { granted: true }>['reason'];

const kinds: Record<Reason, ErrorKind> = {
  'product-not-found': 'missing',
  'sold-out': 'conflict',
  'insufficient-points': 'rule',
};

/** The outcome of an order that a rule refuses. Refusals are not stored: they may turn. */
export const refused = (reason: Reason): OrderOutcome => ({
  kind: 'refused',
  error: new DomainError(kinds[reason], reason, `${problems[reason]}.`),
});

/** The outcome of a key that was used before for another order. */
export const keyReused = (): OrderOutcome => ({
  kind: 'refused',
  error: new DomainError('rule', 'idempotency-key-reused', `${problems['idempotency-key-reused']}.`),
});

export const orderNotFound = (orderId: string): DomainError =>
  new DomainError('missing', 'order-not-found', `There is no order ${orderId}.`);

export const orderAlreadyCancelled = (orderId: string): DomainError =>
  new DomainError('conflict', 'order-already-cancelled', `Order ${orderId} was cancelled before.`);

export const notOwner = (): DomainError => new DomainError('denied', 'not-owner', 'The order belongs to another user.');
