import { Pool } from 'undici';
import type { Client } from './client.ts';
import { headersOf } from './headers-of.ts';
import { replyOf } from './reply-of.ts';

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
