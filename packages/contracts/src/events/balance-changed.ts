import { z } from 'zod';
import { amount, id } from '../fields.ts';
import { pointEntryKind } from '../http/points.ts';
import { eventKind } from './event.ts';

/** Every change of a balance, orders and refunds too; `version` counts the account's changes. */
export const balanceChanged = eventKind(
  'balance-changed',
  1,
  z.object({
    userId: id,
    balance: amount,
    version: z.int().positive(),
    entryId: id,
    kind: pointEntryKind,
    amount: z.int(),
  }),
  (data) => data.userId,
);
