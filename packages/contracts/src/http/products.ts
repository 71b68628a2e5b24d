import { z } from 'zod';
import { displayName, id, instant, price, stock } from '../fields.ts';

/** A product as the catalogue answers it. */
export const product = z
  .object({
    id,
    name: displayName,
    nameKo: displayName,
    price,
    stock,
    available: z.boolean(),
    version: z.int().positive(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Product' });

/** Body of POST /api/admin/products. */
export const createProductBody = z.strictObject({ name: displayName, nameKo: displayName, price, stock });

/** Body of PATCH /api/admin/products/{id}: what is left out stays. */
export const changeProductBody = z
  .strictObject({ name: displayName.optional(), nameKo: displayName.optional(), price: price.optional() })
  .refine((change) => Object.keys(change).length > 0, { error: 'name, nameKo or price is needed' });

/** Body of POST /api/admin/products/{id}/stock. A change, not a level: a level would undo the sales since it was read. */
export const changeStockBody = z.strictObject({
  change: z
    .int()
    .min(-1_000_000_000)
    .max(1_000_000_000)
    .refine((change) => change !== 0, { error: 'must not be 0' }),
});

export type Product = z.infer<typeof product>;
export type CreateProductBody = z.infer<typeof createProductBody>;
export type ChangeProductBody = z.infer<typeof changeProductBody>;
