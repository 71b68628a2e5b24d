import type { Basket } from './decide-order.ts';

/** The most orders that one transaction places. */
export const MAX_BATCH_ORDERS = 256;

/** The most products that one transaction locks. */
export const MAX_BATCH_PRODUCTS = 32;

/** The products of all baskets, each once, in the order in which they are locked. */
export function productsOf(baskets: readonly Basket[]): string[] {
  return [...new Set(baskets.flatMap((basket) => basket.items.map((item) => item.productId)))].sort();
}

/** How many baskets from the head fit into one transaction of so many orders at most. The first always does. */
export function batchSize(waiting: readonly Basket[], limit = MAX_BATCH_ORDERS): number {
  const products = new Set<string>();
  let size = 0;
  for (const basket of waiting.slice(0, limit)) {
    for (const item of basket.items) products.add(item.productId);
    if (size > 0 && products.size > MAX_BATCH_PRODUCTS) break;
    size += 1;
  }
  return size;
}
