import type { Check } from './check.ts';
import { countAll } from './count-all.ts';
import { findBroken } from './find-broken.ts';

// Each entry is looked up by its unique key (user_id, version): no sort of the whole ledger.
const breaks = `
  SELECT e.user_id AS userId, e.id AS entryId, e.version, e.amount, e.balance_after AS balanceAfter,
         before_it.balance_after AS balanceBefore
    FROM point_entries e
    LEFT JOIN point_entries before_it ON before_it.user_id = e.user_id AND before_it.version = e.version - 1
   WHERE e.version < 1
      OR (e.version > 1 AND before_it.id IS NULL)
      OR e.balance_after <> IFNULL(before_it.balance_after, 0) + e.amount
      OR e.balance_after < 0`;

export const ledgerChain: Check = {
  name: 'ledger-chain',
  promise: "Every user's entries follow each other without a gap, each balance being the one before plus the amount.",
  needs: [],
  run: async ({ commerce }) => ({
    counted: await countAll(
      commerce,
      `SELECT COUNT(*) AS 'entries', SUM(kind = 'charge') AS 'charges', SUM(kind = 'order') AS 'payments',
              SUM(kind = 'refund') AS 'refunds' FROM point_entries`,
    ),
    ...(await findBroken(commerce, [{ problem: 'the entry does not follow the one before', sql: breaks }])),
  }),
};
