import type { Cache } from '@onsale/platform/redis';
import { availability, availabilityKey, type MovedProduct } from '@onsale/product/tx';

/** A flag lives this long, in milliseconds: the longest that a piece which came back may stay unsold. */
const FLAGGED_FOR_MS = 1_000;

/** Products of which nothing is left, so that a sold-out drop costs no transaction per refusal. */
export interface SoldOutFlags {
  /** Those of the products that are flagged. */
  among(productIds: readonly string[]): Promise<Set<string>>;
  /** Sets or drops flags by stock read under the rows' locks; an older word never replaces a newer one. */
  note(products: readonly MovedProduct[]): Promise<void>;
}

/** Flags kept in the cache, so that a restock or a cancel anywhere drops them everywhere. */
export function createSoldOutFlags(cache: Cache): SoldOutFlags {
  return {
    among: async (productIds) => {
      const words = await Promise.all(
        productIds.map(async (productId) => {
          const word = await cache.getVersioned(availabilityKey(productId), availability);
          return word?.value.soldOut === true ? [productId] : [];
        }),
      );
      return new Set(words.flat());
    },
    note: async (products) => {
      await Promise.all(
        products.map(({ productId, stock, version }) =>
          cache.replaceIfNewer(
            availabilityKey(productId),
            { version, value: { soldOut: stock === 0 } },
            FLAGGED_FOR_MS,
          ),
        ),
      );
    },
  };
}
