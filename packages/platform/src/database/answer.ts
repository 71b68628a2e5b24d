/** What a request was answered with; only answers of success are stored, since refusals may turn. */
export interface Answer {
  readonly status: number;
  readonly location?: string;
  /** JSON; its keys may come back in another order. */
  readonly body: unknown;
  /** The id of what the request made (an order, an entry), for the audit. */
  readonly reference?: string;
}

export interface StoredAnswer extends Answer {
  readonly requestHash: string;
}
