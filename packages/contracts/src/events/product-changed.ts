import { z } from 'zod';
import { id } from '../fields.ts';
import { eventKind } from './event.ts';

/** A product has changed in a way that its readers must learn of. */
export const productChanged = eventKind(
  'product-changed',
  1,
  z
    .object({
      productId: id,
      version: z.int().positive().describe("Counts the product's changes: of two events the higher is the newer word."),
      available: z.boolean(),
      reason: z.enum(['created', 'changed', 'stock-changed', 'sold-out', 'available']),
    })
    .describe("Admins' changes, and available ↔ sold out; not every order."),
  (data) => data.productId,
);
