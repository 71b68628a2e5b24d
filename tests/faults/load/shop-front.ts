import type { Platform } from '@onsale/local';
import { seedProducts, seedUser } from '@onsale/seed';
import type { Client } from '../../../load-tests/src/sale/client.ts';
import { need } from '../../../load-tests/src/sale/need.ts';
import type { Customer } from './customer.ts';
import type { Crowd } from './draw-wishes.ts';
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
const isText = (value: unknown): value is string => typeof value === 'string';

async function adminOf({ platform, client }: OpenShopFront): Promise<Customer> {
  const ask = { method: 'POST', path: '/api/auth/login', body: platform.ready.admin } as const;
  const userId = await need(client, ask, 'userId', isText);
  return { number: 0, userId, token: await platform.mintToken({ userId, role: 'admin' }) };
}

/** Tokens are minted, since password hashing is meant to be slow. */
function buyersOf({ platform, crowd }: OpenShopFront): Promise<Customer[]> {
  const numbers = Array.from({ length: crowd.buyers }, (_, index) => index + 1);
  return Promise.all(
    numbers.map(async (number) => {
      const { id: userId } = seedUser(number);
      return { number, userId, token: await platform.mintToken({ userId, role: 'user' }) };
    }),
  );
}

async function createHotProducts({ client, crowd, stock }: OpenShopFront, { token }: Customer): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= crowd.hotProducts; number++) {
    const body = { name: `Scarce ${number}`, nameKo: `한정판 ${number}`, price: hotPrice, stock };
    const key = crypto.randomUUID();
    ids.push(await need(client, { method: 'POST', path: '/api/admin/products', token, key, body }, 'id', isText));
  }
  return ids;
}

/**
 * Makes the scarce products, and tokens for the crowd, on a platform that has its seeded products and users.
 * @throws SaleError when the platform refuses
 */
export async function openShopFront(options: OpenShopFront): Promise<ShopFront> {
  const admin = await adminOf(options);
  const [buyers, hotProducts] = await Promise.all([buyersOf(options), createHotProducts(options, admin)]);
  const otherProducts = seedProducts().map(({ id }) => id);
  return {
    client: options.client,
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
