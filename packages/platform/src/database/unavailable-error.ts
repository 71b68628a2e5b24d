import { DomainError } from '../domain-error.ts';
import { databaseFailureOf } from './database-failure.ts';

/** The refusal a client gets for a failure of the database itself; undefined when the error is something else. */
export function unavailableError(error: unknown): DomainError | undefined {
  const failure = databaseFailureOf(error);
  if (failure === undefined) return undefined;
  const options = { retryAfterSeconds: 1, cause: error };
  return failure === 'pool-exhausted' || failure === 'deadlock' || failure === 'lock-wait'
    ? new DomainError('unavailable', 'busy', 'The database has too much to do; try again.', options)
    : new DomainError('unavailable', 'database-unavailable', 'The database does not answer; try again.', options);
}
