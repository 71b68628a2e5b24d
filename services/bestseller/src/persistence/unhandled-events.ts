import type { Database } from '@onsale/platform/database';

/** Whose events are looked for: all of these topics that the consumer has no note of. */
export interface EventsOf {
  readonly consumer: string;
  readonly topics: readonly string[];
}

// An outbox of a week may hold millions of events: each statement looks at so many and is soon over.
const STEP = 50_000;

/** The ids of events created before the instant that are not handled, in portions, in the order of the outbox. */
export async function* unhandledEvents(
  database: Database,
  { consumer, topics }: EventsOf,
  before: Date,
): AsyncIterable<string[]> {
  const [range] = await database.readPrimary((reading) =>
    reading.rows<{ first: number | null; last: number | null }>('SELECT MIN(id) AS first, MAX(id) AS last FROM outbox'),
  );
  if (range === undefined || range.first === null || range.last === null) return;
  for (let from = range.first; from <= range.last; from += STEP) {
    const rows = await database.readPrimary((reading) =>
      reading.rows<{ eventId: string }>(
        `SELECT event_id AS eventId FROM outbox
          WHERE id >= :from AND id < :to AND topic IN (:topics) AND created_at < :before
            AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.consumer = :consumer AND inbox.event_id = outbox.event_id)
          ORDER BY id`,
        { from, to: from + STEP, topics, before, consumer },
      ),
    );
    if (rows.length > 0) yield rows.map(({ eventId }) => eventId);
  }
}

/** Those of the events that are in the outbox and still not handled. */
export async function stillUnhandled(
  database: Database,
  { consumer }: EventsOf,
  eventIds: readonly string[],
): Promise<string[]> {
  const rows = await database.readPrimary((reading) =>
    reading.rows<{ eventId: string }>(
      `SELECT event_id AS eventId FROM outbox
        WHERE event_id IN (:eventIds)
          AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.consumer = :consumer AND inbox.event_id = outbox.event_id)`,
      { eventIds, consumer },
    ),
  );
  return rows.map(({ eventId }) => eventId);
}
