/** A request on its way to another server. */
export interface OutgoingRequest {
  /** The client's name for that server. */
  readonly client: string;
  readonly method: 'GET' | 'POST';
  /** With the query, if any. */
  readonly path: string;
  /** JSON; undefined sends no body. */
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string;
}

/** An answer as it arrived, whole and not yet judged. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  readonly bytes: Buffer;
}

/** How a request is named where people read of it. The query is left out: it may hold what is nobody's business. */
export const nameOf = ({ client, method, path, requestId }: OutgoingRequest): string =>
  `${method} ${path.split('?', 1)[0]} of ${client} (request ${requestId})`;
