import type { Client } from './client.ts';
import { need } from './need.ts';
import { isText } from './text.ts';

/** What an admin says of a new product; the price is in won. */
export interface NewProduct {
  readonly name: string;
  readonly nameKo: string;
  readonly price: number;
  readonly stock: number;
}

/** Has the admin of this token create a product; gives its id. @throws SaleError */
export function createProduct(client: Client, token: string, body: NewProduct): Promise<string> {
  const key = crypto.randomUUID();
  return need(client, { method: 'POST', path: '/api/admin/products', token, key, body }, 'id', isText);
}
