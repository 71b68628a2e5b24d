import { orderCancelled, orderCompleted, paymentSucceeded } from '@onsale/contracts';
import { ascii } from './ascii.ts';
import type { Check } from './check.ts';
import { countAll } from './count-all.ts';
import { findBroken } from './find-broken.ts';
import { findWrongOrderEvents } from './find-wrong-order-events.ts';
import { tooOld } from './too-old.ts';

const types = { completed: orderCompleted.type, paid: paymentSucceeded.type, cancelled: orderCancelled.type };

const events = `
  SELECT ${ascii('message_key')} AS order_id, SUM(type = :completed) AS completed, SUM(type = :paid) AS paid,
         SUM(type = :cancelled) AS cancelled
    FROM outbox WHERE type IN (:completed, :paid, :cancelled) GROUP BY order_id`;

const notOnce = `
  SELECT o.id AS orderId, o.status, IFNULL(e.completed, 0) AS completed, IFNULL(e.paid, 0) AS paid, IFNULL(e.cancelled, 0) AS cancelled
    FROM orders o LEFT JOIN (${events}) AS e ON e.order_id = o.id
   WHERE IFNULL(e.completed, 0) > 1 OR IFNULL(e.paid, 0) > 1 OR IFNULL(e.cancelled, 0) > (o.status = 'CANCELLED')
      OR (o.created_at >= :eventsSince AND (IFNULL(e.completed, 0) = 0 OR IFNULL(e.paid, 0) = 0))
      OR (o.status = 'CANCELLED' AND o.cancelled_at >= :eventsSince AND IFNULL(e.cancelled, 0) = 0)`;

const strays = `
  SELECT e.* FROM (${events}) AS e LEFT JOIN orders o ON o.id = e.order_id WHERE o.id IS NULL`;

export const orderEvents: Check = {
  name: 'order-events',
  promise:
    'Every order has one order-completed, one payment-succeeded and, once cancelled, one order-cancelled event with its numbers.',
  needs: [],
  run: async ({ commerce, eventsSince }) => {
    const values = { ...types, eventsSince };
    const { older, ...counted } = await countAll(
      commerce,
      `SELECT SUM(type = :completed) AS 'completed', SUM(type = :paid) AS 'paid', SUM(type = :cancelled) AS 'cancelled',
              (SELECT COUNT(*) FROM orders WHERE created_at < :eventsSince) AS older
         FROM outbox WHERE type IN (:completed, :paid, :cancelled)`,
      values,
    );
    const missing = await findBroken(
      commerce,
      [
        { problem: 'an order does not have each of its events once', sql: notOnce },
        { problem: 'events are of no order', sql: strays },
      ],
      values,
    );
    const wrong = await findWrongOrderEvents(commerce, types);
    return {
      counted,
      total: missing.total + wrong.total,
      rows: [...missing.rows, ...wrong.rows],
      remarks: tooOld(older, 'orders', eventsSince),
    };
  },
};
