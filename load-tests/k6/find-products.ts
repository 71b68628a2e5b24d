import type { Client } from '../src/sale/client.ts';
import { field } from '../src/sale/field.ts';
import { need } from '../src/sale/need.ts';
import { SaleError } from '../src/sale/sale-error.ts';

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** The ids of some products that a load can ask for. @throws SaleError when there are none */
export async function findProducts(client: Client): Promise<string[]> {
  const items = await need(client, { method: 'GET', path: '/api/products?limit=100' }, 'items', isList);
  if (items.length === 0) throw new SaleError('the shop has no products: install with seed.demo=true');
  return items.map((item) => field(item, 'id')).filter((id) => typeof id === 'string');
}
