import type { Reader } from '../snapshot/connect.ts';

const PAGE = 1_000;

/** Those of the events that the outbox does not hold now either: the others came after the snapshot. */
export async function notInOutboxNow(
  commerceNow: Pick<Reader, 'rows'>,
  eventIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const missing = new Set(eventIds);
  for (let start = 0; start < eventIds.length; start += PAGE) {
    const rows = await commerceNow.rows('SELECT event_id AS eventId FROM outbox WHERE event_id IN (:ids)', {
      ids: eventIds.slice(start, start + PAGE),
    });
    for (const { eventId } of rows) missing.delete(String(eventId));
  }
  return missing;
}
