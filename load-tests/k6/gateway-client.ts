import { asyncRequest } from 'k6/http';
import type { Ask, Client } from '../src/sale/client.ts';
import { headersOf } from '../src/sale/headers-of.ts';
import { replyOf } from '../src/sale/reply-of.ts';

const timeoutMs = 20_000;

/** An id in a path would make a metric of its own of every order. */
const nameOf = ({ method, path }: Ask) =>
  `${method} ${path.replace(/^\/api\/(orders|products)\/(?!popular)[^/?]+/, '/api/$1/{id}').replace(/\?.*$/, '')}`;

/** Sends by k6, which measures; a connection is opened for whoever finds none idle. */
export function gatewayClient(url: string): Client {
  return {
    async send(ask) {
      const { status, body, headers, error } = await asyncRequest(
        ask.method,
        `${url}${ask.path}`,
        ask.body ? JSON.stringify(ask.body) : null,
        { headers: headersOf(ask), timeout: ask.hangUpAfterMs ?? timeoutMs, tags: { name: nameOf(ask) } },
      );
      if (status === 0) throw new Error(error);
      return replyOf({
        status,
        text: body ?? '',
        replayed: headers['Idempotency-Replayed'],
        retryAfter: headers['Retry-After'],
      });
    },
    close: async () => undefined,
  };
}
