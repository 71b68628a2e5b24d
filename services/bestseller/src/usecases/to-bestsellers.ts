import type { Bestsellers } from '@onsale/contracts';
import type { RankedProduct } from '../persistence/rank-products.ts';

/** Products, the best first, as the API shows a ranking. */
export const toBestsellers = (products: readonly RankedProduct[]): Bestsellers => ({
  items: products.map((product, index) => ({ rank: index + 1, ...product })),
});
