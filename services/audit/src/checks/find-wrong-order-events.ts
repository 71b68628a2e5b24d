import type { Reader } from '../snapshot/connect.ts';
import { ascii } from './ascii.ts';
import { type Broken, findBroken, type Probe } from './find-broken.ts';
import { inRanges } from './in-ranges.ts';

const basket = `GROUP_CONCAT(product_id, ' x', quantity, ' at ', unit_price ORDER BY product_id SEPARATOR ', ')`;

const inRange = (types: string): string => `e.id BETWEEN :first AND :last AND e.type IN (${types})`;

const orderOf = `orders o ON o.id = ${ascii('e.message_key')}`;

const addressed = `
  JSON_VALUE(told.data, '$.orderId') <=> told.orderId AND JSON_VALUE(told.data, '$.userId') <=> told.userId`;

const ofOrders = `
  SELECT e.event_id AS eventId, e.type, e.data, o.id AS orderId, o.user_id AS userId, o.total,
         ${basket} AS items, SUM(item.quantity * item.unit_price) AS amount
    FROM outbox e JOIN ${orderOf}
    LEFT JOIN JSON_TABLE(e.data, '$.items[*]' COLUMNS (
      product_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PATH '$.productId',
      quantity INT PATH '$.quantity',
      unit_price BIGINT PATH '$.unitPrice')) AS item ON TRUE
   WHERE ${inRange(':completed, :cancelled')} GROUP BY e.id, o.id`;

const ofPayments = `
  SELECT e.event_id AS eventId, e.type, e.data, o.id AS orderId, o.user_id AS userId, o.total
    FROM outbox e JOIN ${orderOf} WHERE ${inRange(':paid')}`;

// What was completed adds up in itself too, so that a wrong discount shows without being compared.
const orders: Probe = {
  problem: "an event does not say the order's numbers",
  sql: `SELECT told.* FROM (${ofOrders}) AS told
         WHERE NOT (${addressed}
           AND told.items <=> (SELECT ${basket} FROM order_items WHERE order_id = told.orderId)
           AND IF(told.type = :completed,
             JSON_VALUE(told.data, '$.total' RETURNING SIGNED) <=> told.total
               AND told.amount - JSON_VALUE(told.data, '$.discount' RETURNING SIGNED) <=> told.total,
             JSON_VALUE(told.data, '$.refunded' RETURNING SIGNED) <=> told.total))`,
};

const payments: Probe = {
  problem: "a payment's event does not say the order's numbers",
  sql: `SELECT told.* FROM (${ofPayments}) AS told
         WHERE NOT (${addressed} AND JSON_VALUE(told.data, '$.amount' RETURNING SIGNED) <=> told.total)`,
};

/** Events about orders whose numbers are not those of their order. */
export async function findWrongOrderEvents(
  commerce: Pick<Reader, 'rows'>,
  types: { readonly completed: string; readonly paid: string; readonly cancelled: string },
): Promise<Broken> {
  return inRanges(commerce, 'outbox', (range) => findBroken(commerce, [orders, payments], { ...types, ...range }));
}
