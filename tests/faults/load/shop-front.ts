import type { Platform } from '@onsale/local';
import { seedProducts } from '@onsale/seed';
import type { Client } from '../../../load-tests/src/sale/client.ts';
import { createProduct } from '../../../load-tests/src/sale/create-product.ts';
import type { Customer } from './customer.ts';
import type { Crowd } from './draw-wishes.ts';
import { adminOf, buyersOf } from './people.ts';
import type { ProductPlace } from './wish.ts';

/** What the crowd stands before: who they are, and what there is. */
export interface ShopFront {
  readonly client: Client;
  /** In the order of their numbers, from 1. */
  readonly buyers: readonly Customer[];
  readonly admin: Customer;
  /** The products that all want, made for this run. */
  readonly hotProducts: readonly string[];
  productId(place: ProductPlace): string;
}

export interface OpenShopFront {
  readonly platform: Pick<Platform, 'ready' | 'mintToken'>;
  readonly client: Client;
  readonly crowd: Crowd;
  /** Of each product that all want. */
  readonly stock: number;
}

const hotPrice = 5_000;

async function createHotProducts({ client, crowd, stock }: OpenShopFront, { token }: Customer): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= crowd.hotProducts; number++) {
    const product = { name: `Scarce ${number}`, nameKo: `한정판 ${number}`, price: hotPrice, stock };
    ids.push(await createProduct(client, token, product));
  }
  return ids;
}

/**
 * Makes the scarce products, and tokens for the crowd, on a platform that has its seeded products and users.
 * @throws SaleError when the platform refuses
 */
export async function openShopFront(options: OpenShopFront): Promise<ShopFront> {
  const { platform, client, crowd } = options;
  const admin = await adminOf(platform, client);
  const [buyers, hotProducts] = await Promise.all([
    buyersOf(platform, crowd.buyers),
    createHotProducts(options, admin),
  ]);
  const otherProducts = seedProducts().map(({ id }) => id);
  return {
    client,
    buyers,
    admin,
    hotProducts,
    productId({ hot, number }) {
      const id = (hot ? hotProducts : otherProducts)[number];
      if (id === undefined) throw new RangeError(`there is no ${hot ? 'hot ' : ''}product ${number}`);
      return id;
    },
  };
}
