import { z } from 'zod';

/** The short-lived word in the cache on whether a product has anything left; the newer version wins. */
export const availability = z.object({ soldOut: z.boolean() });

/** Where the word on a product's availability is kept. */
export const availabilityKey = (productId: string): string => `product:${productId}:availability`;
