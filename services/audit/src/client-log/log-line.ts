import { z } from 'zod';

/**
 * One answer (or none) that a client got, as it wrote it down: one JSON object a line.
 * `unknown` is an attempt whose answer never came: cut off, timed out, or a 5xx that leaves it open.
 * `stock` is an admin's change of stock: `userId` is the admin's, and `body` names the product besides the change.
 */
export const logLine = z.object({
  at: z.union([z.iso.datetime({ offset: true }), z.number()]),
  buyer: z.union([z.string(), z.number()]).optional(),
  userId: z.string().min(1),
  kind: z.enum(['charge', 'order', 'cancel', 'stock']),
  key: z.string().min(1),
  body: z.unknown().optional(),
  attempt: z.number().optional(),
  outcome: z.enum(['ok', 'refused', 'unknown']),
  status: z.number().optional(),
  code: z.string().optional(),
  replayed: z.boolean().optional(),
  response: z.unknown().optional(),
  latencyMs: z.number().optional(),
});

export type LogLine = z.infer<typeof logLine>;
