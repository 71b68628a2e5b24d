import type { Scenario } from '../scenario/scenario.ts';
import type { Client } from './client.ts';
import { createProduct } from './create-product.ts';
import { delay } from './delay.ts';
import { need } from './need.ts';
import { isText } from './text.ts';

/** What a person logs in with. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

const isNumber = (value: unknown) => typeof value === 'number';

/** Logs in; gives the access token. @throws SaleError */
export function logIn(client: Client, { email, password }: Credentials): Promise<string> {
  return need(client, { method: 'POST', path: '/api/auth/login', body: { email, password } }, 'accessToken', isText);
}

/** Makes this run's scarce product, as the admin; gives its id. @throws SaleError */
export async function createScarceProduct(
  client: Client,
  { admin }: { readonly admin: Credentials },
  { scarce }: Pick<Scenario, 'scarce'>,
): Promise<string> {
  return createProduct(client, await logIn(client, admin), scarce);
}

/** What is left of a product. The detail may be a second old, so a moment is waited first. @throws SaleError */
export async function stockOf(client: Client, productId: string): Promise<number> {
  await delay(1_500);
  return need(client, { method: 'GET', path: `/api/products/${productId}` }, 'stock', isNumber);
}
