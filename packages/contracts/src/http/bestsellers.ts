import { z } from 'zod';
import { displayName, id } from '../fields.ts';

/** One place of a ranking by pieces sold. */
export const bestseller = z
  .object({
    rank: z.int().positive(),
    productId: id,
    name: displayName,
    nameKo: displayName,
    quantitySold: z.int().positive(),
  })
  .meta({ id: 'Bestseller' });

/** A ranking, the best first; what was not sold has no place in it. */
export const bestsellers = z.object({ items: z.array(bestseller) }).meta({ id: 'Bestsellers' });

export type Bestseller = z.infer<typeof bestseller>;
export type Bestsellers = z.infer<typeof bestsellers>;
