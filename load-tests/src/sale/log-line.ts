import { z } from 'zod';

/** One attempt, as the audit reads it. */
export const logLine = z.object({
  /** When it was due; sent then, or later if the client could not. */
  at: z.string(),
  buyer: z.number(),
  /** Who asked; of a change of stock the admin. */
  userId: z.string(),
  kind: z.enum(['charge', 'order', 'cancel', 'stock']),
  key: z.string(),
  /** What was sent; of a change of stock with the `productId` that its path names. */
  body: z.custom<object>((value) => typeof value === 'object' && value !== null),
  attempt: z.number(),
  outcome: z.enum(['ok', 'refused', 'unknown']),
  status: z.exactOptional(z.number()),
  code: z.exactOptional(z.string()),
  replayed: z.exactOptional(z.boolean()),
  response: z.exactOptional(z.unknown()),
  /** From when it was due to the last byte of its answer. */
  latencyMs: z.number(),
});

export type LogLine = Readonly<z.infer<typeof logLine>>;
