import type { Damage } from './damage.ts';
import { entryIn, entryOf } from './sql-of.ts';

/** The event of an entry: what it says is changed along, as a faulty writer would have done. */
const alsoTell = (path: string, value: string, where: string) =>
  `UPDATE outbox SET data = JSON_SET(data, '$.${path}', ${value}) WHERE data->>'$.entryId' = ${entryIn(where)}`;

const inMixed = entryOf('order', 'order-unheard');

/** Damages to what is sold, paid and answered. */
export const tableDamages: readonly Damage[] = [
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
    statements: ["INSERT INTO stock_changes VALUES ('change-ghost', 'ghost', 5, 'created', 'change-ghost', NOW(6))"],
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
    damage: 'the answer to a change of stock lost',
    statements: ["DELETE FROM idempotency_keys WHERE idempotency_key = 'key-restocked-quietly'"],
    named: 'products.stock',
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
];
