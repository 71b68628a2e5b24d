/** A statement was not answered in time, or its transaction's time was up: what it did is lost. */
export class StatementTimeoutError extends Error {
  override readonly name = 'StatementTimeoutError';
  readonly code = 'STATEMENT_TIMEOUT';
  readonly fatal = true;

  constructor() {
    super('the statement was not answered in time');
  }
}
