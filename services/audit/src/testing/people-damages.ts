import type { Damage } from './damage.ts';

/** Damages to what is known of people. */
export const peopleDamages: readonly Damage[] = [
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
  {
    check: 'client-log',
    damage: 'another change of stock than was asked for',
    statements: [
      `UPDATE stock_changes SET change_by = 6
        WHERE id = (SELECT reference FROM idempotency_keys WHERE idempotency_key = 'key-restocked')`,
      "UPDATE products SET stock = stock + 1 WHERE id = 'cup'",
    ],
    named: 'key-restocked',
  },
];
