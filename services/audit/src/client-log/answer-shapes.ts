import { z } from 'zod';

// Loose on purpose: the log is judged by its numbers, and a field that a later version adds is no violation.
const orderedItem = z.object({ productId: z.string(), quantity: z.number() });

/** What an order or a cancellation was answered with. */
export const orderAnswer = z.object({
  id: z.string(),
  userId: z.string(),
  status: z.string(),
  total: z.number(),
  items: z.array(orderedItem.extend({ unitPrice: z.number() })),
});

/** What a charge was answered with. */
export const chargeAnswer = z.object({ userId: z.string(), balance: z.number(), entryId: z.string() });

/** What a change of stock was answered with: the product as it is then; the change's own id is not told. */
export const stockAnswer = z.object({ id: z.string(), stock: z.number() });

/** What an order asks for. */
export const orderAsked = z.object({ items: z.array(orderedItem) });

/** What a charge asks for. */
export const chargeAsked = z.object({ amount: z.number() });

/** What a change of stock asks for: pieces to add, or to take away when negative. */
export const stockAsked = z.object({ productId: z.string(), change: z.number() });
