import type { Lag } from '../outside/watch-lag.ts';
import type { Reader, Row } from '../snapshot/connect.ts';

/**
 * Numbers that move when the shop does: every change of money, stock or an order adds an event,
 * the relay takes it off the unsent ones, and consumers handle it.
 */
export interface Activity extends SchemaActivity {
  readonly lag: Lag;
}

/** The part of it that the schemas tell. */
export interface SchemaActivity {
  readonly lastEvent: string;
  readonly unsentEvents: number;
  readonly users: number;
}

export type ReadRows = Pick<Reader, 'rows'>;

const numberIn = (row: Row | undefined, column: string): number => Number(row?.[column] ?? 0);

/** Reads where the schemas stand. */
export async function readActivity(commerce: ReadRows, auth: ReadRows | undefined): Promise<SchemaActivity> {
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

export function sameInSchemas(one: SchemaActivity, other: SchemaActivity): boolean {
  return one.lastEvent === other.lastEvent && one.unsentEvents === other.unsentEvents && one.users === other.users;
}

/** How many messages the consumers have before them; undefined while nobody can say. */
export const messagesAhead = (lag: Lag): number | undefined => ('messages' in lag ? lag.messages : undefined);

export function sameActivity(one: Activity, other: Activity): boolean {
  return sameInSchemas(one, other) && messagesAhead(one.lag) === messagesAhead(other.lag);
}
