import type { Client } from '../../../load-tests/src/sale/client.ts';
import { need } from '../../../load-tests/src/sale/need.ts';
import type { Customer } from './customer.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** What an admin says of a new product; the price is in won. */
export interface NewProduct {
  readonly name: string;
  readonly nameKo: string;
  readonly price: number;
  readonly stock: number;
}

/** Has the admin create a product; gives its id. @throws SaleError when the platform refuses */
export function createProduct(client: Client, { token }: Customer, body: NewProduct): Promise<string> {
  const ask = { method: 'POST', path: '/api/admin/products', token, key: crypto.randomUUID(), body } as const;
  return need(client, ask, 'id', isText);
}
