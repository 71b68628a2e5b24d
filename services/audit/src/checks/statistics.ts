import { ascii } from './ascii.ts';
import type { Check } from './check.ts';
import { countAll } from './count-all.ts';
import { findBroken } from './find-broken.ts';
import { seoulDay } from './seoul-day.ts';
import { statisticsNames } from './statistics-names.ts';
import { unhandledEvents } from './unhandled-events.ts';

const waiting = `
  SELECT ${ascii('e.message_key')} AS order_id, SUM(e.type = :completed) > 0 AS sale, SUM(e.type = :cancelled) > 0 AS return_of_it
    FROM ${unhandledEvents} GROUP BY order_id`;

// A sale counts once its event was handled, and so does a cancellation: against the day of the sale.
const counted = `
  SELECT ${seoulDay('o.created_at')} AS day, i.product_id,
         i.quantity * (IFNULL(w.sale, 0) = 0) - i.quantity * (o.status = 'CANCELLED' AND IFNULL(w.return_of_it, 0) = 0) AS pieces
    FROM orders o JOIN order_items i ON i.order_id = o.id
    LEFT JOIN (${waiting}) AS w ON w.order_id = o.id`;

const mismatches = `
  SELECT CAST(day AS CHAR) AS day, product_id AS productId, CAST(SUM(told) AS SIGNED) AS quantitySold,
         CAST(SUM(pieces) AS SIGNED) AS handledSales
    FROM (SELECT day, product_id, pieces, 0 AS told FROM (${counted}) AS counted
           UNION ALL
          SELECT day, product_id, 0, quantity_sold FROM product_statistics) AS both_sides
   GROUP BY day, product_id HAVING SUM(told) <> SUM(pieces)`;

export const statistics: Check = {
  name: 'statistics',
  promise:
    "Each day's statistics are the pieces of that day's orders less those of its cancelled ones, as far as their events were handled.",
  needs: [],
  run: async ({ commerce }) => ({
    counted: await countAll(
      commerce,
      `SELECT COUNT(DISTINCT day) AS 'days', COUNT(*) AS 'rows', SUM(quantity_sold) AS 'pieces sold' FROM product_statistics`,
    ),
    ...(await findBroken(
      commerce,
      [{ problem: 'the quantity is not that of the handled sales', sql: mismatches }],
      statisticsNames,
    )),
  }),
};
