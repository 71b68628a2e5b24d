import type { Reader, Row } from '../snapshot/connect.ts';

/**
 * Numbers that move when the shop does: every change of money, stock or an order adds an event,
 * and the relay takes it off the unsent ones.
 */
export interface Activity {
  readonly lastEvent: string;
  readonly unsentEvents: number;
  readonly users: number;
}

export type ReadRows = Pick<Reader, 'rows'>;

const numberIn = (row: Row | undefined, column: string): number => Number(row?.[column] ?? 0);

/** Reads where the schemas stand. */
export async function readActivity(commerce: ReadRows, auth: ReadRows | undefined): Promise<Activity> {
  const [outbox] = await commerce.rows(
    `SELECT (SELECT MAX(id) FROM outbox) AS lastEvent,
            (SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL) AS unsent`,
  );
  const [people] = auth ? await auth.rows('SELECT COUNT(*) AS users FROM users') : [];
  return {
    lastEvent: String(outbox?.lastEvent ?? 0),
    unsentEvents: numberIn(outbox, 'unsent'),
    users: numberIn(people, 'users'),
  };
}

export function sameActivity(one: Activity, other: Activity): boolean {
  return one.lastEvent === other.lastEvent && one.unsentEvents === other.unsentEvents && one.users === other.users;
}
