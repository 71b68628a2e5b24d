import type { Check } from './check.ts';
import { countAll } from './count-all.ts';
import { findBroken } from './find-broken.ts';

const mismatches = `
  SELECT o.id AS orderId, o.total, o.discount, CAST(SUM(i.quantity * i.unit_price) AS SIGNED) AS amount
    FROM orders o LEFT JOIN order_items i ON i.order_id = o.id
   GROUP BY o.id
  HAVING amount IS NULL OR amount - o.discount <> o.total OR o.total < 0 OR o.discount < 0`;

const ghosts = `
  SELECT i.order_id AS orderId, i.product_id AS productId, i.quantity
    FROM order_items i LEFT JOIN products p ON p.id = i.product_id WHERE p.id IS NULL`;

const strays = `
  SELECT i.order_id AS orderId, i.product_id AS productId, i.quantity
    FROM order_items i LEFT JOIN orders o ON o.id = i.order_id WHERE o.id IS NULL`;

export const orderTotals: Check = {
  name: 'order-totals',
  promise: 'Every order has items of existing products, and its total is their sum less its discount.',
  needs: [],
  run: async ({ commerce }) => ({
    counted: await countAll(
      commerce,
      `SELECT COUNT(*) AS 'orders', (SELECT COUNT(*) FROM order_items) AS 'items', SUM(total) AS 'won in all' FROM orders`,
    ),
    ...(await findBroken(commerce, [
      { problem: 'the total is not the sum of the items less the discount', sql: mismatches },
      { problem: 'an item is of no product', sql: ghosts },
      { problem: 'an item is of no order', sql: strays },
    ])),
  }),
};
