/** Thrown by a transaction's work to have it rolled back and run again from the start, like after a deadlock. */
export class RetryTransactionError extends Error {
  override readonly name = 'RetryTransactionError';
  readonly reason: string;

  /** @param reason a short slug, the label of the retry in metrics */
  constructor(reason: string) {
    super(`the transaction must run again: ${reason}`);
    this.reason = reason;
  }
}
