import { z } from 'zod';
import { id } from '../fields.ts';
import { eventKind } from './event.ts';

/** Admin changes, and available ↔ sold out; not every order. */
export const productChanged = eventKind(
  'product-changed',
  1,
  z.object({
    productId: id,
    version: z.int().positive(),
    available: z.boolean(),
    reason: z.enum(['created', 'changed', 'stock-changed', 'sold-out', 'available']),
  }),
  (data) => data.productId,
);
