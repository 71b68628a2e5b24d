import { z } from 'zod';
import { amount, chargeAmount, id, instant } from '../fields.ts';

/** What a user has, in won. */
export const balance = z.object({ userId: id, balance: amount }).meta({ id: 'Balance' });

/** Body of POST /api/balance/charge. */
export const chargeBody = z.strictObject({ userId: id, amount: chargeAmount });

/** Answer to a charge. */
export const charged = balance.extend({ entryId: id }).meta({ id: 'Charged' });

export const pointEntryKind = z.enum(['charge', 'order', 'refund']);

/** One line of the ledger; `amount` is negative when points were spent. */
export const pointEntry = z
  .object({
    id,
    kind: pointEntryKind,
    reference: z.string(),
    amount: z.int(),
    balanceAfter: amount,
    createdAt: instant,
  })
  .meta({ id: 'PointEntry' });

export type Charged = z.infer<typeof charged>;
export type PointEntry = z.infer<typeof pointEntry>;
export type PointEntryKind = z.infer<typeof pointEntryKind>;
