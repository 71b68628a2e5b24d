import { z } from 'zod';
import { amount, id } from '../fields.ts';
import { pointEntryKind } from '../http/points.ts';
import { eventKind } from './event.ts';

/** A user's balance has changed. */
export const balanceChanged = eventKind(
  'balance-changed',
  1,
  z
    .object({
      userId: id,
      balance: amount.describe('What the user has after it, in won.'),
      version: z.int().positive().describe("Counts the account's changes: of two events the higher is the newer word."),
      entryId: id.describe("The ledger's line."),
      kind: pointEntryKind,
      amount: z.int().describe('By how much, in won; below zero when points were spent.'),
    })
    .describe('Every change of a balance, orders and refunds too.'),
  (data) => data.userId,
);
