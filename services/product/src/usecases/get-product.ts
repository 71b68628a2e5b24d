import { type Product, product } from '@onsale/contracts';
import type { Database } from '@onsale/platform/database';
import type { Cache } from '@onsale/platform/redis';
import { findProduct } from '../persistence/find-product.ts';
import { toProduct } from '../persistence/product-row.ts';
import { productNotFound } from './refusals.ts';

// A product's page may be 1 s old: half for the cache, the rest for a replica that lags by less than a second.
const LIFETIME = { ttlMs: 500, jitter: 0.2 };

/** Where a product's detail is cached. */
export const productKey = (productId: string): string => `product:${productId}:detail`;

/**
 * A product as it was at most a second ago.
 * @throws DomainError `product-not-found`
 */
export const getProduct =
  ({ database, cache }: { database: Database; cache: Cache }) =>
  async (productId: string): Promise<Product> => {
    const found = await cache.get(productKey(productId), product.nullable(), LIFETIME, () =>
      database.read(
        async (reading) => {
          const row = await findProduct(reading, productId);
          return row === undefined ? null : toProduct(row);
        },
        { maxLagSeconds: 0 },
      ),
    );
    if (found === null) throw productNotFound(productId);
    return found;
  };
