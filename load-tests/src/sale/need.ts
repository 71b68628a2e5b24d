import type { Ask, Client } from './client.ts';
import { delay } from './delay.ts';
import { field } from './field.ts';
import { SaleError } from './sale-error.ts';

const attempts = 10;
const longestWaitMs = 10_000;

/**
 * Asks for something the sale cannot do without, waiting where it is told to, and gives a field of the answer.
 * @throws SaleError when it is refused for good, or the answer has no such field
 */
export async function need<T>(client: Client, ask: Ask, name: string, is: (value: unknown) => value is T): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const reply = await client.send(ask).catch((error: unknown) => {
      throw new SaleError(`${ask.path}: ${error instanceof Error ? error.message : error}`, { cause: error });
    });
    const value = field(reply.body, name);
    if (reply.status >= 200 && reply.status < 300 && is(value)) return value;
    const passing = reply.status === 429 || reply.status === 503;
    if (!passing || attempt === attempts) {
      throw new SaleError(`${ask.path} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    }
    await delay(Math.min(longestWaitMs, reply.retryAfterMs ?? 1_000));
  }
}
