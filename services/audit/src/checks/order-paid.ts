import type { Check } from './check.ts';
import { countAll } from './count-all.ts';
import { findBroken } from './find-broken.ts';

const entryOf = (kind: 'order' | 'refund'): string => `
  SELECT reference, COUNT(*) AS entries, SUM(amount) AS amount, MIN(user_id) AS user_id
    FROM point_entries WHERE kind = '${kind}' GROUP BY reference`;

const unpaid = `
  SELECT o.id AS orderId, o.user_id AS userId, o.total, IFNULL(p.entries, 0) AS entries,
         CAST(p.amount AS SIGNED) AS amount, p.user_id AS paidBy
    FROM orders o LEFT JOIN (${entryOf('order')}) AS p ON p.reference = o.id
   WHERE NOT (p.entries <=> 1) OR p.amount <> -o.total OR p.user_id <> o.user_id`;

const refunds = `
  SELECT o.id AS orderId, o.user_id AS userId, o.status, o.total, IFNULL(r.entries, 0) AS entries,
         CAST(r.amount AS SIGNED) AS amount, r.user_id AS refundedTo
    FROM orders o LEFT JOIN (${entryOf('refund')}) AS r ON r.reference = o.id
   WHERE IFNULL(r.entries, 0) <> (o.status = 'CANCELLED') OR r.amount <> o.total OR r.user_id <> o.user_id`;

const strays = `
  SELECT e.id AS entryId, e.kind, e.reference, e.user_id AS userId, e.amount
    FROM point_entries e LEFT JOIN orders o ON o.id = e.reference
   WHERE e.kind IN ('order', 'refund') AND o.id IS NULL`;

export const orderPaid: Check = {
  name: 'order-paid',
  promise:
    'Every order was paid once with its total, and refunded once exactly when it was cancelled; nothing else was.',
  needs: [],
  run: async ({ commerce }) => ({
    counted: await countAll(
      commerce,
      `SELECT SUM(status = 'COMPLETED') AS 'orders completed', SUM(status = 'CANCELLED') AS 'orders cancelled' FROM orders`,
    ),
    ...(await findBroken(commerce, [
      { problem: 'the order was not paid once with its total by its user', sql: unpaid },
      { problem: 'the order was not refunded exactly when it was cancelled', sql: refunds },
      { problem: 'an entry is for no order', sql: strays },
    ])),
  }),
};
