import { ascii } from './ascii.ts';
import type { Check } from './check.ts';
import { countAll } from './count-all.ts';
import { findBroken, type Probe } from './find-broken.ts';
import { tooOld } from './too-old.ts';

/** What a stored answer of the route must have made, as a join on the alias `effect`. */
const effectOf = {
  'orders.place': 'orders effect ON effect.id = answer.reference AND effect.user_id = answer.user_id',
  'orders.cancel': `orders effect ON effect.id = answer.reference AND effect.user_id = answer.user_id AND effect.status = 'CANCELLED'`,
  'points.charge': `point_entries effect ON effect.id = answer.reference AND effect.user_id = answer.user_id AND effect.kind = 'charge'`,
  'products.create': `stock_changes effect ON effect.reference = answer.reference AND effect.kind = 'created'`,
  'products.stock': `stock_changes effect ON effect.id = answer.reference AND effect.kind <> 'created'`,
} as const;

type Route = keyof typeof effectOf;

const answers = (route: Route): string => `
  SELECT ${ascii('reference')} AS reference, ${ascii('user_id')} AS user_id, route, idempotency_key
    FROM idempotency_keys WHERE route = '${route}'`;

const withoutEffect = (route: Route): Probe => ({
  problem: 'a stored answer has no effect',
  sql: `SELECT answer.route, answer.user_id AS userId, answer.idempotency_key AS idempotencyKey, answer.reference
          FROM (${answers(route)}) AS answer LEFT JOIN ${effectOf[route]} WHERE effect.id IS NULL`,
});

/** Effects with more than one answer, and those with none that are too young for theirs to have been purged. */
const notAnsweredOnce = (route: Route, effects: string, since: string): Probe => ({
  problem: 'an effect does not have exactly one stored answer',
  sql: `SELECT '${route}' AS route, effect.id AS effectId, effect.user_id AS userId, IFNULL(answer.answers, 0) AS answers
          FROM ${effects} LEFT JOIN (
            SELECT reference, COUNT(*) AS answers FROM (${answers(route)}) AS each_answer GROUP BY reference
          ) AS answer ON answer.reference = effect.id
         WHERE answer.answers > 1 OR (answer.answers IS NULL AND effect.${since} >= :keysSince)`,
});

const probes: readonly Probe[] = [
  withoutEffect('orders.place'),
  withoutEffect('orders.cancel'),
  withoutEffect('points.charge'),
  withoutEffect('products.create'),
  withoutEffect('products.stock'),
  notAnsweredOnce('orders.place', 'orders AS effect', 'created_at'),
  notAnsweredOnce('orders.cancel', `(SELECT * FROM orders WHERE status = 'CANCELLED') AS effect`, 'cancelled_at'),
  notAnsweredOnce(
    'points.charge',
    // Seeded charges were never asked for over HTTP.
    `(SELECT * FROM point_entries WHERE kind = 'charge' AND reference NOT LIKE 'seed%') AS effect`,
    'created_at',
  ),
  notAnsweredOnce(
    'products.stock',
    // The change itself does not say which admin asked for it.
    `(SELECT id, created_at, NULL AS user_id FROM stock_changes WHERE kind <> 'created') AS effect`,
    'created_at',
  ),
];

export const oneEffectPerKey: Check = {
  name: 'one-effect-per-key',
  promise:
    'Every stored answer made exactly one order, cancellation, charge or change of stock, and each of those has one.',
  needs: [],
  run: async ({ commerce, keysSince }) => {
    const values = { keysSince };
    const { older, ...counted } = await countAll(
      commerce,
      `SELECT COUNT(*) AS 'answers', SUM(route = 'orders.place') AS 'of orders', SUM(route = 'orders.cancel') AS 'of cancellations',
              SUM(route = 'points.charge') AS 'of charges', SUM(route = 'products.stock') AS 'of changes of stock',
              (SELECT COUNT(*) FROM orders WHERE created_at < :keysSince) AS older
         FROM idempotency_keys`,
      values,
    );
    const broken = await findBroken(commerce, probes, values);
    return { counted, ...broken, remarks: tooOld(older, 'orders', keysSince) };
  },
};
