import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { product, session } from '@onsale/contracts';
import { DEMO_PASSWORD, type MintToken, type Ready, seedUser } from '@onsale/local';
import type { z } from 'zod';
import type { Scenario } from '../scenario/scenario.ts';
import type { Ask, Client } from './client.ts';
import { SaleError } from './sale-error.ts';

const attempts = 10;
const longestWaitMs = 10_000;

/** Asks for something the sale cannot do without, waiting where it is told to. */
async function need<T>(client: Client, ask: Ask, schema: z.ZodType<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const reply = await client.send(ask).catch((error: unknown) => {
      throw new SaleError(`${ask.path}: ${error instanceof Error ? error.message : error}`, { cause: error });
    });
    if (reply.status < 300) return schema.parse(reply.body);
    const passing = reply.status === 429 || reply.status === 503;
    if (!passing || attempt === attempts) {
      throw new SaleError(`${ask.path} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    }
    await delay(Math.min(longestWaitMs, reply.retryAfterMs ?? 1_000));
  }
}

const login = (client: Client, email: string, password: string) =>
  need(client, { method: 'POST', path: '/api/auth/login', body: { email, password } }, session);

/** Makes this run's scarce product, as the admin; gives its id. */
export async function createScarceProduct(
  client: Client,
  { admin }: Ready,
  { scarce }: Pick<Scenario, 'scarce'>,
): Promise<string> {
  const { accessToken } = await login(client, admin.email, admin.password);
  const made = await need(
    client,
    { method: 'POST', path: '/api/admin/products', token: accessToken, key: randomUUID(), body: scarce },
    product,
  );
  return made.id;
}

/** What is left of a product. The detail may be a second old, so a moment is waited first. */
export async function stockOf(client: Client, productId: string): Promise<number> {
  await delay(1_500);
  return (await need(client, { method: 'GET', path: `/api/products/${productId}` }, product)).stock;
}

/** A token for every buyer: minted for most, since password hashing is meant to be slow; some log in for real. */
export async function buyersTokens(
  client: Client,
  { steps, logins }: Scenario,
  mint: MintToken,
): Promise<ReadonlyMap<number, string>> {
  const tokens = new Map<number, string>();
  for (const buyer of new Set(steps.map((step) => step.buyer))) {
    tokens.set(buyer, await mint({ userId: seedUser(buyer).id, role: 'user' }));
  }
  for (const buyer of logins) {
    const { accessToken } = await login(client, seedUser(buyer).email, DEMO_PASSWORD);
    tokens.set(buyer, accessToken);
  }
  return tokens;
}
