import type { Check } from './check.ts';
import { countAll } from './count-all.ts';
import { findBroken } from './find-broken.ts';

const sums = 'SELECT user_id, SUM(amount) AS amount, COUNT(*) AS entries FROM point_entries GROUP BY user_id';

const mismatches = `
  SELECT a.user_id AS userId, a.balance, CAST(IFNULL(s.amount, 0) AS SIGNED) AS amount, a.version, IFNULL(s.entries, 0) AS entries
    FROM point_accounts a LEFT JOIN (${sums}) AS s ON s.user_id = a.user_id
   WHERE a.balance < 0 OR a.balance <> IFNULL(s.amount, 0) OR a.version <> IFNULL(s.entries, 0)`;

const strays = `
  SELECT s.user_id AS userId, CAST(s.amount AS SIGNED) AS amount, s.entries
    FROM (${sums}) AS s LEFT JOIN point_accounts a ON a.user_id = s.user_id WHERE a.user_id IS NULL`;

export const ledgerBalance: Check = {
  name: 'ledger-balance',
  promise: 'Every account holds the sum of its entries, never less than nothing, and its version is their number.',
  needs: [],
  run: async ({ commerce }) => ({
    counted: await countAll(
      commerce,
      `SELECT COUNT(*) AS 'accounts', SUM(balance) AS 'won in them' FROM point_accounts`,
    ),
    ...(await findBroken(commerce, [
      { problem: 'balance or version is not that of the entries', sql: mismatches },
      { problem: 'entries have no account', sql: strays },
    ])),
  }),
};
