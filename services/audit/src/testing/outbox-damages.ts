import type { Damage } from './damage.ts';
import { entryIn, entryOf, eventOf } from './sql-of.ts';

const again = (eventId: string, where: string) =>
  `INSERT INTO outbox (event_id, topic, message_key, type, source, data, created_at, sent_at)
   SELECT '${eventId}', topic, message_key, type, source, data, created_at, sent_at FROM outbox WHERE ${where}`;

/** Damages to what is told. */
export const outboxDamages: readonly Damage[] = [
  {
    check: 'order-events',
    damage: 'a payment that nobody was told of',
    statements: [`DELETE FROM outbox WHERE ${eventOf('payment-succeeded', 'order-mixed')}`],
    named: 'order-mixed',
  },
  {
    check: 'order-events',
    damage: 'an order told twice',
    statements: [again('event-twin', eventOf('order-completed', 'order-quiet'))],
    named: 'order-quiet',
  },
  {
    check: 'order-events',
    damage: 'a cancellation told of an order that stands',
    statements: [
      again('event-false', eventOf('order-cancelled', 'order-returned')),
      "UPDATE outbox SET message_key = 'order-quiet' WHERE event_id = 'event-false'",
    ],
    named: 'order-quiet',
  },
  {
    check: 'order-events',
    damage: 'an event without its order',
    statements: [
      again('event-ghost', eventOf('order-completed', 'order-quiet')),
      "UPDATE outbox SET message_key = 'order-ghost' WHERE event_id = 'event-ghost'",
    ],
    named: 'order-ghost',
  },
  {
    check: 'order-events',
    damage: 'other items in an event than in the order',
    statements: [
      `UPDATE outbox SET data = JSON_SET(data, '$.items[0].productId', 'cup') WHERE ${eventOf('order-completed', 'order-quiet')}`,
    ],
    named: 'order-quiet',
  },
  {
    check: 'order-events',
    damage: 'another amount paid in an event',
    statements: [
      `UPDATE outbox SET data = JSON_SET(data, '$.amount', 1) WHERE ${eventOf('payment-succeeded', 'order-unheard')}`,
    ],
    named: 'order-unheard',
  },
  {
    check: 'order-events',
    damage: 'a discount told that was not given',
    statements: [
      `UPDATE outbox SET data = JSON_SET(data, '$.discount', 1) WHERE ${eventOf('order-completed', 'order-quiet')}`,
    ],
    named: 'order-quiet',
  },
  {
    check: 'balance-events',
    damage: 'a charge that nobody was told of',
    statements: [
      `DELETE FROM outbox WHERE data->>'$.entryId' = (SELECT reference FROM idempotency_keys WHERE idempotency_key = 'key-charged')`,
    ],
    named: 'ann',
  },
  {
    check: 'balance-events',
    damage: 'another balance in an event',
    statements: [
      `UPDATE outbox SET data = JSON_SET(data, '$.balance', 7) WHERE data->>'$.entryId' = ${entryIn(entryOf('order', 'order-mixed'))}`,
    ],
    named: '"balance":7',
  },
  {
    check: 'balance-events',
    damage: 'an event without its entry',
    statements: [
      again('event-ghost', `data->>'$.entryId' = ${entryIn(entryOf('order', 'order-mixed'))}`),
      `UPDATE outbox SET data = JSON_SET(data, '$.entryId', 'entry-ghost') WHERE event_id = 'event-ghost'`,
    ],
    named: 'entry-ghost',
  },
  {
    check: 'outbox-delivered',
    damage: 'an event that was never sent',
    lastly: [`UPDATE outbox SET sent_at = NULL WHERE ${eventOf('order-completed', 'order-mixed')}`],
    named: 'order-mixed',
  },
];
