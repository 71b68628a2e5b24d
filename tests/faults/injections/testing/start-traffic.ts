import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Platform } from '@onsale/local';
import { call } from '@onsale/tests/support';

/** Charges and orders that come and go, so that faults have something to break. Answers are nobody's concern here. */
export interface Traffic {
  /** Requests answered with 2xx so far. */
  readonly done: number;
  stop(): Promise<void>;
}

const buyers = 24;
const betweenMs = 100;

export async function startTraffic({ url, mintToken }: Platform): Promise<Traffic> {
  const ending = new AbortController();
  const made = await call(`${url}/api/admin/products`, {
    token: await mintToken({ userId: 'admin', role: 'admin' }),
    key: randomUUID(),
    body: { name: 'Lightstick', nameKo: '응원봉', price: 10, stock: 1_000_000 },
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const productId: string = made.body.id;
  let done = 0;
  const buy = async () => {
    const userId = randomUUID();
    const token = await mintToken({ userId, role: 'user' });
    const ask = async (path: string, body: object) => {
      const answer = await call(`${url}${path}`, { token, key: randomUUID(), body }).catch(() => undefined);
      if (answer !== undefined && answer.status < 300) done += 1;
      await pause(betweenMs);
    };
    while (!ending.signal.aborted) {
      await ask('/api/balance/charge', { userId, amount: 1_000_000 });
      await ask('/api/orders', { userId, items: [{ productId, quantity: 1 }] });
    }
  };
  const buying = Promise.all(Array.from({ length: buyers }, buy));
  return {
    get done() {
      return done;
    },
    async stop() {
      ending.abort();
      await buying;
    },
  };
}
