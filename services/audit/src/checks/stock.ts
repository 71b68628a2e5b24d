import type { Check } from './check.ts';
import { countAll } from './count-all.ts';
import { findBroken } from './find-broken.ts';

const soldPieces = `
  SELECT i.product_id, SUM(i.quantity) AS pieces
    FROM orders o JOIN order_items i ON i.order_id = o.id
   WHERE o.status = 'COMPLETED' GROUP BY i.product_id`;

const changedPieces = 'SELECT product_id, SUM(change_by) AS pieces FROM stock_changes GROUP BY product_id';

const mismatches = `
  SELECT p.id AS productId, p.stock, CAST(IFNULL(c.pieces, 0) AS SIGNED) AS added, CAST(IFNULL(s.pieces, 0) AS SIGNED) AS sold
    FROM products p
    LEFT JOIN (${changedPieces}) AS c ON c.product_id = p.id
    LEFT JOIN (${soldPieces}) AS s ON s.product_id = p.id
   WHERE p.stock < 0 OR p.stock <> IFNULL(c.pieces, 0) - IFNULL(s.pieces, 0)`;

const strays = `
  SELECT c.id AS changeId, c.product_id AS productId, c.change_by AS changeBy
    FROM stock_changes c LEFT JOIN products p ON p.id = c.product_id WHERE p.id IS NULL`;

export const stock: Check = {
  name: 'stock',
  promise: 'Every product has what was added to it less what completed orders hold, and never less than nothing.',
  needs: [],
  run: async ({ commerce }) => ({
    counted: await countAll(
      commerce,
      `SELECT (SELECT COUNT(*) FROM products) AS 'products', (SELECT SUM(stock) FROM products) AS 'pieces in stock',
              (SELECT SUM(pieces) FROM (${soldPieces}) AS sold) AS 'pieces sold'`,
    ),
    ...(await findBroken(commerce, [
      { problem: 'stock is not what was added less what was sold', sql: mismatches },
      { problem: 'a change of stock has no product', sql: strays },
    ])),
  }),
};
