/** How long the brokers may take, and when it is not wanted any more. */
export interface DeadLetterReading {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}
