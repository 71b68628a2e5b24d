/** `refused`: the server said no. `unreadable`: it said yes, but with an answer that is not what was agreed. */
export type RefusalReason = 'refused' | 'unreadable';

/**
 * An answer that asking again will not better: the server is there, and the fault is in what it was sent or in what it
 * says. What is merely away is a DomainError of kind `unavailable` instead.
 */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly reason: RefusalReason;
  readonly status: number;

  constructor(reason: RefusalReason, status: number, message: string) {
    super(message);
    this.reason = reason;
    this.status = status;
  }
}
