/** One damage, and the one check that must find it. */
export interface Damage {
  readonly check: string;
  readonly damage: string;
  readonly schema?: 'auth';
  readonly statements: readonly string[];
  /** The report's rows name this. */
  readonly named: string;
}

const entryOf = (kind: string, reference: string) => `kind = '${kind}' AND reference = '${reference}'`;

const eventOf = (topic: string, key: string) => `topic = '${topic}' AND message_key = '${key}'`;

const again = (eventId: string, where: string) =>
  `INSERT INTO outbox (event_id, topic, message_key, type, source, data, created_at, sent_at)
   SELECT '${eventId}', topic, message_key, type, source, data, created_at, sent_at FROM outbox WHERE ${where}`;

const entryIn = (where: string) => `(SELECT id FROM point_entries WHERE ${where})`;

/** The event of an entry: what it says is changed along, as a faulty writer would have done. */
const alsoTell = (path: string, value: string, where: string) =>
  `UPDATE outbox SET data = JSON_SET(data, '$.${path}', ${value}) WHERE data->>'$.entryId' = ${entryIn(where)}`;

const inMixed = entryOf('order', 'order-unheard');

export const damages: readonly Damage[] = [
  {
    check: 'stock',
    damage: 'a piece too many',
    statements: ["UPDATE products SET stock = stock + 1 WHERE id = 'pen'"],
    named: 'pen',
  },
  {
    check: 'stock',
    damage: 'a piece lost',
    statements: ["UPDATE products SET stock = stock - 1 WHERE id = 'cup'"],
    named: 'cup',
  },
  {
    check: 'stock',
    damage: 'a change of stock lost',
    statements: ["DELETE FROM stock_changes WHERE product_id = 'map'"],
    named: 'map',
  },
  {
    check: 'stock',
    damage: 'a change of stock without its product',
    statements: ["INSERT INTO stock_changes VALUES ('change-ghost', 'ghost', 5, 'restocked', 'change-ghost', NOW(6))"],
    named: 'change-ghost',
  },
  {
    check: 'order-totals',
    damage: 'a discount that was not given',
    statements: ["UPDATE orders SET discount = 50 WHERE id = 'order-mixed'"],
    named: 'order-mixed',
  },
  {
    check: 'order-totals',
    damage: 'a product removed with its history',
    statements: ["DELETE FROM products WHERE id = 'map'", "DELETE FROM stock_changes WHERE product_id = 'map'"],
    named: 'order-returned',
  },
  {
    check: 'order-totals',
    damage: 'an item without its order',
    statements: ["INSERT INTO order_items VALUES ('order-ghost', 'pen', 1, 100)"],
    named: 'order-ghost',
  },
  {
    check: 'order-paid',
    damage: 'a payment for an order that is not there',
    statements: [`UPDATE point_entries SET reference = 'order-ghost' WHERE ${entryOf('order', 'order-mixed')}`],
    named: 'order-ghost',
  },
  {
    check: 'order-paid',
    damage: 'a refund booked as another order',
    statements: [`UPDATE point_entries SET reference = 'order-quiet' WHERE ${entryOf('refund', 'order-returned')}`],
    named: 'order-returned',
  },
  {
    check: 'ledger-balance',
    damage: 'a won out of nothing',
    statements: ["UPDATE point_accounts SET balance = balance + 1 WHERE user_id = 'ann'"],
    named: 'ann',
  },
  {
    check: 'ledger-balance',
    damage: 'a version ahead of the entries',
    statements: ["UPDATE point_accounts SET version = version + 1 WHERE user_id = 'ben'"],
    named: 'ben',
  },
  {
    check: 'ledger-balance',
    damage: 'an account lost',
    statements: ["DELETE FROM point_accounts WHERE user_id = 'cat'"],
    named: 'cat',
  },
  {
    check: 'ledger-chain',
    damage: 'a wrong balance, told as such',
    statements: [
      `UPDATE point_entries SET balance_after = balance_after + 1 WHERE ${inMixed}`,
      alsoTell('balance', "JSON_EXTRACT(data, '$.balance') + 1", inMixed),
    ],
    named: 'cat',
  },
  {
    check: 'ledger-chain',
    damage: 'a gap between two entries',
    statements: [
      `UPDATE point_entries SET version = version + 1 WHERE ${inMixed}`,
      alsoTell('version', "JSON_EXTRACT(data, '$.version') + 1", inMixed),
    ],
    named: 'cat',
  },
  {
    check: 'one-effect-per-key',
    damage: 'an answer lost',
    statements: ["DELETE FROM idempotency_keys WHERE idempotency_key = 'key-quiet'"],
    named: 'order-quiet',
  },
  {
    check: 'one-effect-per-key',
    damage: 'the answer to a charge lost',
    statements: ["DELETE FROM idempotency_keys WHERE idempotency_key = 'key-charged-quietly'"],
    named: 'points.charge',
  },
  {
    check: 'one-effect-per-key',
    damage: 'two keys for one order',
    statements: [
      `INSERT INTO idempotency_keys SELECT user_id, route, 'key-twin', request_hash, status, location, response, reference, created_at
         FROM idempotency_keys WHERE idempotency_key = 'key-mixed'`,
    ],
    named: 'order-mixed',
  },
  {
    check: 'one-effect-per-key',
    damage: 'an answer without its effect',
    statements: [
      `INSERT INTO idempotency_keys SELECT user_id, 'orders.cancel', 'key-ghost', request_hash, status, location, response, reference, created_at
         FROM idempotency_keys WHERE idempotency_key = 'key-quiet'`,
    ],
    named: 'key-ghost',
  },
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
    statements: [`UPDATE outbox SET sent_at = NULL WHERE ${eventOf('order-completed', 'order-mixed')}`],
    named: 'order-mixed',
  },
  {
    check: 'order-users',
    damage: 'a user lost',
    schema: 'auth',
    statements: ["DELETE FROM users WHERE id = 'cat'"],
    named: 'cat',
  },
  {
    check: 'sessions',
    damage: 'two live tokens',
    schema: 'auth',
    statements: ["UPDATE refresh_tokens SET used_at = NULL WHERE family_id = 'family-ann' ORDER BY id LIMIT 1"],
    named: 'family-ann',
  },
  {
    check: 'sessions',
    damage: 'a token that survived the end of its session',
    schema: 'auth',
    statements: ["UPDATE refresh_tokens SET revoked_at = NULL WHERE family_id = 'family-ben' ORDER BY id LIMIT 1"],
    named: 'family-ben',
  },
  {
    check: 'client-log',
    damage: 'a key under which nothing is stored any more',
    statements: ["UPDATE idempotency_keys SET idempotency_key = 'key-lost' WHERE idempotency_key = 'key-mixed'"],
    named: 'key-mixed',
  },
  {
    check: 'client-log',
    damage: 'a refused order that was made nevertheless',
    statements: [
      "UPDATE idempotency_keys SET user_id = 'cat', idempotency_key = 'key-refused' WHERE idempotency_key = 'key-unheard'",
    ],
    named: 'key-refused',
  },
];
