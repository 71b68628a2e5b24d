import { seoulDay } from '../checks/seoul-day.ts';
import type { Damage } from './damage.ts';
import { eventOf } from './sql-of.ts';

const today = 'ORDER BY day DESC LIMIT 1';
const forgotten = (topic: string, key: string) =>
  `DELETE FROM inbox WHERE event_id = (SELECT event_id FROM outbox WHERE ${eventOf(topic, key)})`;

const inSnapshot = (change: string, product: string) =>
  `UPDATE bestseller_snapshot_items SET ${change} WHERE product_id = '${product}'`;

/** Damages to what is counted and written down of sales. */
export const statisticsDamages: readonly Damage[] = [
  {
    check: 'events-handled',
    damage: 'a sale that was not counted',
    lastly: [
      forgotten('order-completed', 'order-quiet'),
      `UPDATE product_statistics SET quantity_sold = quantity_sold - 1 WHERE product_id = 'pen' ${today}`,
    ],
    named: 'order-quiet',
  },
  {
    check: 'events-handled',
    damage: 'a cancellation that was not counted',
    lastly: [
      forgotten('order-cancelled', 'order-returned'),
      `UPDATE product_statistics SET quantity_sold = quantity_sold + 1 WHERE product_id = 'map' ${today}`,
    ],
    named: 'order-returned',
  },
  {
    check: 'statistics',
    damage: 'a piece counted twice',
    lastly: [`UPDATE product_statistics SET quantity_sold = quantity_sold + 1 WHERE product_id = 'pen' ${today}`],
    named: 'pen',
  },
  {
    check: 'statistics',
    damage: 'a row lost',
    lastly: [`DELETE FROM product_statistics WHERE product_id = 'cup' ${today}`],
    named: 'cup',
  },
  {
    check: 'statistics',
    damage: 'pieces of a product that nobody bought',
    lastly: [`INSERT INTO product_statistics VALUES (${seoulDay('UTC_TIMESTAMP()')}, 'ghost', 5, 1)`],
    named: 'ghost',
  },
  {
    check: 'statistics',
    damage: 'a cancellation counted on its own day instead of its sale',
    lastly: [
      `UPDATE product_statistics SET quantity_sold = quantity_sold - 1 WHERE product_id = 'map' ${today}`,
      `UPDATE product_statistics SET quantity_sold = quantity_sold + 1 WHERE product_id = 'map' ORDER BY day LIMIT 1`,
    ],
    named: 'map',
  },
  {
    check: 'ranking',
    damage: 'another quantity than in the table',
    ranking: [['ZADD', 'ranking', '-9', 'cup']],
    named: 'cup',
  },
  {
    check: 'ranking',
    damage: 'a version ahead of the table, so that nothing will mend it',
    ranking: [['HSET', 'versions', 'pen', '99']],
    named: 'pen',
  },
  {
    check: 'ranking',
    damage: 'a product that was not sold',
    ranking: [
      ['ZADD', 'ranking', '-1', 'ghost'],
      ['HINCRBY', 'versions', 'counted', '1'],
    ],
    named: 'ghost',
  },
  {
    check: 'ranking',
    damage: 'a set evicted behind its versions',
    ranking: [['DEL', 'ranking']],
    named: '"products":3',
  },
  {
    check: 'ranking',
    damage: 'a ranking that was never completed',
    ranking: [['HDEL', 'versions', 'whole']],
    named: '"products":3',
  },
  {
    check: 'snapshots',
    damage: 'more entries told than there are',
    lastly: ['UPDATE bestseller_snapshots SET entries = entries + 1'],
    named: '"items":3',
  },
  {
    check: 'snapshots',
    damage: 'a gap between two places',
    lastly: [inSnapshot('position = 4', 'map')],
    named: '"last":4',
  },
  {
    check: 'snapshots',
    damage: 'a place lost',
    lastly: [
      "DELETE FROM bestseller_snapshot_items WHERE product_id = 'map'",
      'UPDATE bestseller_snapshots SET entries = 2',
    ],
    named: 'map',
  },
  {
    check: 'snapshots',
    damage: 'a tie in the wrong order',
    lastly: [inSnapshot('position = 9', 'cup'), inSnapshot('position = 1', 'pen'), inSnapshot('position = 2', 'cup')],
    named: 'pen',
  },
  {
    check: 'snapshots',
    damage: 'more pieces than were sold',
    lastly: [inSnapshot('quantity_sold = 4', 'cup')],
    named: 'cup',
  },
  {
    check: 'snapshots',
    damage: 'fewer pieces than stayed sold',
    lastly: [inSnapshot('quantity_sold = 2', 'pen')],
    named: 'pen',
  },
  {
    check: 'snapshots',
    damage: 'an item of a day without a snapshot',
    lastly: ["INSERT INTO bestseller_snapshot_items VALUES ('2020-02-29', 1, 'pen', 'pen', 'pen', 1)"],
    named: '2020-02-29',
  },
  {
    check: 'snapshots',
    damage: 'a day that was never written down',
    lastly: ['DELETE FROM bestseller_snapshots', 'DELETE FROM bestseller_snapshot_items'],
    named: '"products":2',
  },
];
