import type { Ask, Client } from '../src/sale/client.ts';
import { SaleError } from '../src/sale/sale-error.ts';

/** @throws SaleError when the shop lacks the demo product, or this demo user cannot log in */
export async function checkSeed(client: Client, productId: string, user: object): Promise<void> {
  const asks: readonly [Ask, number][] = [
    [{ method: 'GET', path: `/api/products/${productId}` }, 404],
    [{ method: 'POST', path: '/api/auth/login', body: user }, 401],
  ];
  for (const [ask, missing] of asks) {
    const { status } = await client.send(ask);
    if (status !== missing) continue;
    throw new SaleError(`${ask.path} answered ${status}: the demo data is missing; install with seed.demo=true`);
  }
}
