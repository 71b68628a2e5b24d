import type { Cache } from '@onsale/platform/redis';
import { productKey } from './get-product.ts';
import { PRODUCT_LIST } from './list-products.ts';

/** Drops what the caches hold of a product: its detail, and every page of the list. */
export const forgetProduct =
  ({ cache }: { cache: Cache }) =>
  async (productId: string): Promise<void> => {
    await Promise.all([cache.drop([productKey(productId)]), cache.generations.bump(PRODUCT_LIST)]);
  };
