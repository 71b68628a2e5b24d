import type { Product } from '@onsale/contracts';
import type { RunningService } from '@onsale/platform/service';
import type { Answered } from './call.ts';
import type { FreshSchema } from './fresh-schema.ts';
import type { TestDataPlatform } from './start-data-platform.ts';
import type { TestRedis } from './start-redis.ts';
import type { TestKeys } from './test-keys.ts';

export interface Buyer {
  readonly userId: string;
  readonly token: string;
}

export interface Item {
  readonly productId: string;
  readonly quantity: number;
}

/** What clients do in a shop. */
export interface ShopClients {
  /** A product with so many pieces. */
  createProduct(stock: number, price?: number): Promise<Product>;
  /** A user who has charged so many points. */
  createBuyer(points?: number): Promise<Buyer>;
  /** Orders, by instance `on` (the first unless told). */
  order(buyer: Buyer, items: readonly Item[], options?: { key?: string; on?: number }): Promise<Answered>;
  cancel(buyer: Buyer, orderId: string, options?: { key?: string; on?: number }): Promise<Answered>;
  /** Adds pieces to a product's stock, or takes them away, as the user `admin`. */
  changeStock(productId: string, change: number, options?: { key?: string }): Promise<Answered>;
}

/** Product, point and order services on real servers, in this process, in a schema of their own. */
export interface Shop extends ShopClients {
  readonly schema: FreshSchema;
  readonly redis: TestRedis;
  readonly product: RunningService;
  readonly point: RunningService;
  readonly orders: readonly RunningService[];
  /** Throws in a shop that was started without it. */
  readonly bestseller: RunningService;
  /** Throws in a shop that was started without it. */
  readonly dataPlatform: TestDataPlatform;
  /** The variables that the services of the shop have. */
  readonly env: Readonly<Record<string, string>>;
  mint(claims: { sub: string; role?: 'user' | 'admin' }): Promise<string>;
  /** Rows of the shop's schema, from the primary. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on the rows, which is the check of their form.
  rows(sql: string, values?: unknown[]): Promise<any[]>;
  stop(): Promise<void>;
}

export interface ShopOptions {
  readonly orderInstances?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The parts of each service of the three; no jobs unless told, since most tests need none. */
  readonly parts?: readonly string[];
  /** More parts of one of them. */
  readonly productParts?: readonly string[];
  readonly pointParts?: readonly string[];
  /** With a data platform its sender, unless told. */
  readonly orderParts?: readonly string[];
  /** A schema on servers of the test's own. */
  readonly schema?: FreshSchema;
  /** Kafka's brokers; the shared ones unless told. */
  readonly brokers?: readonly string[];
  /** Variables of each instance of the order service, one after the other. */
  readonly orderEnv?: readonly Readonly<Record<string, string>>[];
  /** Who signs the tokens; a key of the shop's own unless told. */
  readonly keys?: TestKeys;
  /** The bestseller service in the shop's schema, with its statistics and its ranking unless told. */
  readonly bestseller?: true | { readonly parts?: readonly string[]; readonly env?: Readonly<Record<string, string>> };
  /** The external data platform in a schema of its own, and the orders told where it is. */
  readonly dataPlatform?: true | { readonly schema?: FreshSchema; readonly env?: Readonly<Record<string, string>> };
}
