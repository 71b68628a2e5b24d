import { DomainError } from '../../domain-error.ts';

/**
 * Whether a failure counts against the event. That something is away (a DomainError of kind `unavailable`) is no fault
 * of the event's: a dead letter would lose what only has to wait. Everything else is.
 */
export const isOwnFault = (error: unknown): boolean => !(error instanceof DomainError && error.kind === 'unavailable');
