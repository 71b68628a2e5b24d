import { endOfSeoulDay, seoulDay } from './seoul-day.ts';

// Orders are stamped by the services' clocks, snapshots by another.
const CLOCKS_APART = 'INTERVAL 1 MINUTE';
// Longer than a snapshot waits for events, and no longer back than days are caught up with.
const LATE_AFTER = 'INTERVAL 1 HOUR';
const CAUGHT_UP = 'INTERVAL 7 DAY';

const cancelledBefore = (moment: string) => `SUM(IF(o.cancelled_at < ${moment}, i.quantity, 0))`;

/**
 * What each product sold on a snapshot's day, at least and at most: cancellations before the day's end are waited for,
 * those between it and the snapshot may be in it. With events unhandled, less of everything may be in it.
 */
const sold = `
  SELECT day, product_id, IF(unhandled_events > 0, 0, completed - returned_by_then) AS at_least,
         IF(unhandled_events > 0, completed, completed - returned_that_day) AS at_most
    FROM (SELECT s.day, i.product_id, s.unhandled_events, SUM(i.quantity) AS completed,
                 ${cancelledBefore(endOfSeoulDay('s.day'))} AS returned_that_day,
                 ${cancelledBefore(`s.taken_at + ${CLOCKS_APART}`)} AS returned_by_then
            FROM orders o JOIN bestseller_snapshots s ON s.day = ${seoulDay('o.created_at')}
            JOIN order_items i ON i.order_id = o.id
           GROUP BY s.day, i.product_id) AS sums`;

const item = 'CAST(i.day AS CHAR) AS day, i.position, i.product_id AS productId, i.quantity_sold AS quantitySold';

export const wrongEntries = `
  SELECT CAST(s.day AS CHAR) AS day, s.entries, COUNT(i.position) AS items, MIN(i.position) AS first, MAX(i.position) AS last
    FROM bestseller_snapshots s LEFT JOIN bestseller_snapshot_items i ON i.day = s.day
   GROUP BY s.day HAVING s.entries <> items OR IFNULL(first, 1) <> 1 OR IFNULL(last, 0) <> items`;

export const strayItems = `
  SELECT ${item} FROM bestseller_snapshot_items i LEFT JOIN bestseller_snapshots s ON s.day = i.day WHERE s.day IS NULL`;

export const misplacedItems = `
  SELECT * FROM (
    SELECT ${item}, LEAD(i.product_id) OVER places AS nextProductId, LEAD(i.quantity_sold) OVER places AS nextQuantitySold
      FROM bestseller_snapshot_items i WINDOW places AS (PARTITION BY i.day ORDER BY i.position)) AS placed
   WHERE nextQuantitySold > quantitySold OR (nextQuantitySold = quantitySold AND nextProductId < productId)`;

export const wrongQuantities = `
  SELECT ${item}, CAST(IFNULL(d.at_least, 0) AS SIGNED) AS atLeast, CAST(IFNULL(d.at_most, 0) AS SIGNED) AS atMost
    FROM bestseller_snapshot_items i JOIN bestseller_snapshots s ON s.day = i.day
    LEFT JOIN (${sold}) AS d ON d.day = i.day AND d.product_id = i.product_id
   WHERE i.quantity_sold < 1 OR d.day IS NULL OR i.quantity_sold NOT BETWEEN d.at_least AND d.at_most`;

// A full list may leave out whatever sold less than its last item.
export const missingItems = `
  SELECT CAST(d.day AS CHAR) AS day, d.product_id AS productId, CAST(d.at_least AS SIGNED) AS atLeast, s.entries,
         final.quantity_sold AS lastQuantitySold
    FROM (${sold}) AS d JOIN bestseller_snapshots s ON s.day = d.day
    JOIN products p ON p.id = d.product_id
    LEFT JOIN bestseller_snapshot_items i ON i.day = d.day AND i.product_id = d.product_id
    LEFT JOIN bestseller_snapshot_items final ON final.day = d.day AND final.position = s.entries
   WHERE i.day IS NULL AND d.at_least > 0
     AND (s.entries < :snapshotSize OR d.at_least > final.quantity_sold
       OR (d.at_least = final.quantity_sold AND d.product_id < final.product_id))`;

export const missingDays = `
  SELECT CAST(t.day AS CHAR) AS day, COUNT(*) AS products
    FROM product_statistics t LEFT JOIN bestseller_snapshots s ON s.day = t.day
   WHERE s.day IS NULL AND t.quantity_sold > 0
     AND ${endOfSeoulDay('t.day')} BETWEEN :takenAt - ${CAUGHT_UP} AND :takenAt - ${LATE_AFTER}
   GROUP BY t.day`;
