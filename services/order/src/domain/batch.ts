import type { Basket } from './decide-order.ts';

/** The most orders that one transaction places. */
export const MAX_BATCH_ORDERS = 256;

/** The most products that one transaction locks. */
export const MAX_BATCH_PRODUCTS = 32;

/** The products of all baskets, each once, in the order in which they are locked. */
export function productsOf(baskets: readonly Basket[]): string[] {
  return [...new Set(baskets.flatMap((basket) => basket.items.map((item) => item.productId)))].sort();
}
