import { orderCancelled, orderCompleted } from '@onsale/contracts';
import type { Tx } from '@onsale/platform/database';
import { type Day, endOf, startOf } from '../domain/day.ts';

/** What was sold of a product by the orders themselves. */
export interface Recounted {
  readonly productId: string;
  readonly quantitySold: number;
}

/**
 * What the statistics of the day must say while nothing is counted: the orders of the day whose events the consumer has
 * handled, without those whose cancellation it has handled. An event that is not in the outbox any more was handled
 * before it was purged. One statement, so that orders, outbox and inbox are of one moment.
 */
export function recountDay(tx: Tx, day: Day, consumer: string): Promise<Recounted[]> {
  return tx.rows<Recounted>(
    `WITH unhandled AS (
       SELECT CONVERT(message_key USING ascii) COLLATE ascii_bin AS order_id, topic
         FROM outbox
        WHERE topic IN (:completed, :cancelled)
          AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.consumer = :consumer AND inbox.event_id = outbox.event_id))
     SELECT items.product_id AS productId,
            CAST(SUM(items.quantity * (IF(sale.topic IS NULL, 1, 0)
              - IF(orders.status = 'CANCELLED' AND cancellation.topic IS NULL, 1, 0))) AS SIGNED) AS quantitySold
       FROM orders
       JOIN order_items AS items ON items.order_id = orders.id
       LEFT JOIN unhandled AS sale ON sale.order_id = orders.id AND sale.topic = :completed
       LEFT JOIN unhandled AS cancellation ON cancellation.order_id = orders.id AND cancellation.topic = :cancelled
      WHERE orders.created_at >= :start AND orders.created_at < :end
      GROUP BY items.product_id
      ORDER BY items.product_id`,
    {
      completed: orderCompleted.topic,
      cancelled: orderCancelled.topic,
      consumer,
      start: startOf(day),
      end: endOf(day),
    },
  );
}
