import type { Platform, ServiceProcess } from '@onsale/local';
import type { Client } from '../../../../load-tests/src/sale/client.ts';
import { createProduct } from '../../../../load-tests/src/sale/create-product.ts';
import { openClient } from '../../../../load-tests/src/sale/open-client.ts';
import type { Customer } from '../../load/customer.ts';
import { adminOf, buyersOf } from '../../load/people.ts';

/** What trials need of a shop before they break it. */
export interface TrialShop {
  /** Every buyer that was seeded. */
  readonly buyers: readonly Customer[];
  /** By the gateway. */
  readonly front: Client;
  /** Makes a product of so many pieces; gives its id. @throws SaleError when the shop refuses */
  createProduct(stock: number): Promise<string>;
  /** The next of the buyers, round and round. */
  takeBuyer(): Customer;
  /** Straight to one instance, past the gateway. */
  wayTo(instance: ServiceProcess): Client;
  /** What is left of a product, on the primary. */
  stockOf(productId: string): Promise<number>;
  close(): Promise<void>;
}

/** Won. */
const price = 1_000;
const connections = 128;

/** The shop that a platform with so many seeded users serves. */
export async function openTrialShop(platform: Platform, users: number): Promise<TrialShop> {
  const front = openClient(platform.url, connections);
  const ways = new Map<string, Client>();
  const [admin, buyers] = await Promise.all([adminOf(platform, front), buyersOf(platform, users)]);
  let taken = 0;

  return {
    buyers,
    front,
    createProduct: (stock) => createProduct(front, admin.token, { name: 'Lightstick', nameKo: '응원봉', price, stock }),
    takeBuyer() {
      const buyer = buyers[taken++ % buyers.length];
      if (buyer === undefined) throw new RangeError('there are no buyers');
      return buyer;
    },
    wayTo({ url }) {
      const way = ways.get(url) ?? openClient(url, connections);
      ways.set(url, way);
      return way;
    },
    async stockOf(productId) {
      const { mysql } = platform.servers;
      const table = `${platform.schemas.commerce.database}.products`;
      const rows = await mysql?.query(`SELECT stock FROM ${table} WHERE id = ?`, [productId]);
      return Number(rows?.[0]?.stock);
    },
    async close() {
      await Promise.all([front, ...ways.values()].map((client) => client.close()));
    },
  };
}
