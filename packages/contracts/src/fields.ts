import { z } from 'zod';

/** An opaque identifier: callers compare it, never parse it. */
export const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9._~-]+$/, 'letters, digits and . _ ~ - only');

/** Whole Korean won: KRW has no minor unit. */
export const amount = z.int().nonnegative();

/** What one charge may add, in won. */
export const chargeAmount = z.int().min(1).max(10_000_000);

/** RFC 3339 in UTC. */
export const instant = z.iso.datetime();

/** How many pieces of one product a basket may hold. */
export const quantity = z.int().min(1).max(100);

/** What was bought of one product, at the price of that moment. */
export const pricedItem = z.object({ productId: id, quantity, unitPrice: amount });

/** A product's price in won: free goods have no place in a ledger of points. */
export const price = z.int().min(1).max(1_000_000_000);

/** Pieces in stock. */
export const stock = z.int().min(0).max(1_000_000_000);

// A control character in a name breaks terminals and CSV exports, and MySQL's utf8mb4 refuses lone surrogates.
const printable = /^[^\p{Cc}\p{Cs}]*$/u;

/** A name that people read, in any script. */
export const displayName = z.string().trim().min(1).max(200).regex(printable, 'no control characters');
