export interface Ask {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly token?: string;
  readonly key?: string;
  readonly body?: object;
  /** Closes the connection this long after sending, answered or not. */
  readonly hangUpAfterMs?: number;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly replayed: boolean;
  readonly retryAfterMs?: number;
}

export interface Client {
  /** Rejects when no whole answer came: refused, cut off, hung up, or out of time. */
  send(ask: Ask): Promise<Reply>;
  close(): Promise<void>;
}
