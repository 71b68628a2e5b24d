import { Pool } from 'undici';
import { headersOf } from './headers-of.ts';
import { replyOf } from './reply-of.ts';

export interface Ask {
  readonly method: 'GET' | 'POST';
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

const timeoutMs = 20_000;

const textOf = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);

/** A client with so many connections at most; what finds none free waits, and the wait counts as latency. */
export function openClient(url: string, connections: number): Client {
  const pool = new Pool(url, { connections, pipelining: 1, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  return {
    async send(ask) {
      const { statusCode, headers, body } = await pool.request({
        method: ask.method,
        path: ask.path,
        headers: headersOf(ask),
        ...(ask.body && { body: JSON.stringify(ask.body) }),
        signal: AbortSignal.timeout(ask.hangUpAfterMs ?? timeoutMs),
      });
      return replyOf({
        status: statusCode,
        text: await body.text(),
        replayed: textOf(headers['idempotency-replayed']),
        retryAfter: textOf(headers['retry-after']),
      });
    },
    // Not `close`: that waits for answers that may never come.
    close: () => pool.destroy(),
  };
}
