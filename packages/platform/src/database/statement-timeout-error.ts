/** A statement was not answered in time; its connection is gone, and what it did is unknown. */
export class StatementTimeoutError extends Error {
  override readonly name = 'StatementTimeoutError';
  readonly code = 'STATEMENT_TIMEOUT';
  readonly fatal = true;

  constructor() {
    super('the statement was not answered in time');
  }
}
