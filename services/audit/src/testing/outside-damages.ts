import type { Damage } from './damage.ts';

const delivered = "type = 'onsale.order-completed.v1' AND order_id = 'order-quiet'";

/** Damages to what the data platform was told. */
export const outsideDamages: readonly Damage[] = [
  {
    check: 'data-platform',
    damage: 'an order that did not arrive',
    schema: 'dataPlatform',
    lastly: [`DELETE FROM deliveries WHERE ${delivered}`],
    named: 'order-quiet',
  },
  {
    check: 'data-platform',
    damage: 'an order with other contents',
    schema: 'dataPlatform',
    lastly: [`UPDATE deliveries SET data = JSON_SET(data, '$.total', 1) WHERE ${delivered}`],
    named: 'order-quiet',
  },
  {
    check: 'data-platform',
    damage: 'an event of another type',
    schema: 'dataPlatform',
    lastly: [`UPDATE deliveries SET type = 'onsale.order-cancelled.v1' WHERE ${delivered}`],
    named: 'order-quiet',
  },
  {
    check: 'data-platform',
    damage: 'an order that was never told',
    schema: 'dataPlatform',
    lastly: [
      `INSERT INTO deliveries (event_id, type, order_id, data, content_hash, received_at)
       SELECT 'event-from-nowhere', type, 'order-ghost', data, content_hash, received_at FROM deliveries WHERE ${delivered}`,
    ],
    named: 'order-ghost',
  },
];
