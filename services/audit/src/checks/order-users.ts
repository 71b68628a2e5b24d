import type { BrokenRow } from '../report/audit-report.ts';
import type { Reader } from '../snapshot/connect.ts';
import type { Check } from './check.ts';
import { NAMED_ROWS } from './find-broken.ts';

const PAGE = 2_000;

/** The users that a table names, in pages: the other schema may be on another server, so nothing can join them. */
async function* usersIn(reader: Pick<Reader, 'rows'>, table: 'orders' | 'point_accounts'): AsyncGenerator<string[]> {
  let after = '';
  for (;;) {
    const page = await reader.rows(
      `SELECT DISTINCT user_id AS id FROM ${table} WHERE user_id > :after ORDER BY user_id LIMIT ${PAGE}`,
      { after },
    );
    const ids = page.map((row) => String(row.id));
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids;
    after = last;
  }
}

async function missingFrom(auth: Pick<Reader, 'rows'>, ids: readonly string[]): Promise<string[]> {
  const found = await auth.rows('SELECT id FROM users WHERE id IN (:ids)', { ids: [...ids] });
  const known = new Set(found.map((row) => String(row.id)));
  return ids.filter((id) => !known.has(id));
}

export const orderUsers: Check = {
  name: 'order-users',
  promise: 'Every account and every order belongs to a user who signed up.',
  needs: ['auth', 'rest'],
  run: async ({ commerce, auth }) => {
    if (auth === undefined) throw new TypeError('the auth schema is needed');
    const counted: Record<string, number> = {};
    const rows: BrokenRow[] = [];
    let total = 0;
    for (const [table, what] of [
      ['point_accounts', 'users with an account'],
      ['orders', 'users with an order'],
    ] as const) {
      counted[what] = 0;
      for await (const ids of usersIn(commerce, table)) {
        counted[what] += ids.length;
        const missing = await missingFrom(auth, ids);
        total += missing.length;
        const named = missing.slice(0, NAMED_ROWS - rows.length);
        rows.push(...named.map((userId) => ({ problem: 'no such user', row: { table, userId } })));
      }
    }
    return { counted, total, rows };
  },
};
