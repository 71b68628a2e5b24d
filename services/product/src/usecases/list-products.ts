import { pageOf, product } from '@onsale/contracts';
import type { Database } from '@onsale/platform/database';
import type { Cache } from '@onsale/platform/redis';
import type { z } from 'zod';
import { type ProductRow, productColumns, toProduct } from '../persistence/product-row.ts';

/** The name under which all cached pages of the list are dropped at once. */
export const PRODUCT_LIST = 'products:list';

const page = pageOf(product);

export type ProductPage = z.infer<typeof page>;

interface ListProducts {
  readonly limit: number;
  /** The id after which the page begins. */
  readonly after: string;
  readonly cursorOf: (id: string) => string;
}

/** A page of the catalogue in order of creation, at most 60 s old. */
export const listProducts =
  ({ database, cache }: { database: Database; cache: Cache }) =>
  async ({ limit, after, cursorOf }: ListProducts): Promise<ProductPage> => {
    const generation = await cache.generations.key(PRODUCT_LIST);
    return cache.get(`${generation}:${limit}:${after}`, page, { ttlMs: 60_000, jitter: 0.2 }, () =>
      database.read(async (reading) => {
        const rows = await reading.rows<ProductRow>(
          `SELECT ${productColumns} FROM products WHERE id > :after ORDER BY id LIMIT :limit`,
          { after, limit: limit + 1 },
        );
        const items = rows.slice(0, limit).map(toProduct);
        const last = items.at(-1);
        return rows.length > limit && last !== undefined ? { items, next: cursorOf(last.id) } : { items };
      }),
    );
  };
