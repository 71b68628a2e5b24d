import type { DedicatedConnection } from '../../database/dedicated-connection.ts';

/** An event that waits in the outbox. */
export interface OutboxRow {
  readonly id: number | string;
  readonly eventId: string;
  readonly topic: string;
  readonly messageKey: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string | null;
  readonly data: string;
  readonly traceParent: string | null;
  readonly createdAt: Date;
}

const mostRows = 500;

/** Half of what a broker takes in one request at its defaults. */
const mostCharacters = 500_000;

/**
 * The next events to send, by state and never by "id greater than the last": a transaction that commits late must not
 * be skipped.
 */
export async function nextUnsent(connection: DedicatedConnection): Promise<OutboxRow[]> {
  const rows = await connection.rows<OutboxRow>(
    `SELECT id, event_id AS eventId, topic, message_key AS messageKey, type, source, subject,
       CAST(data AS CHAR) AS data, trace_parent AS traceParent, created_at AS createdAt
     FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT ?`,
    [mostRows],
  );
  let characters = 0;
  const fitting = rows.findIndex((row) => {
    characters += row.data.length;
    return characters > mostCharacters;
  });
  return fitting === -1 ? rows : rows.slice(0, Math.max(1, fitting));
}

export async function markSent(connection: DedicatedConnection, rows: readonly OutboxRow[]): Promise<void> {
  await connection.change('UPDATE outbox SET sent_at = NOW(6) WHERE id IN (?)', [rows.map(({ id }) => id)]);
}

/** How much waits, counted up to a bound so that a long queue does not cost a long count. */
export async function unsentBacklog(
  connection: DedicatedConnection,
): Promise<{ count: number; oldestSeconds: number }> {
  const [row] = await connection.rows<{ count: number; oldest: number | null }>(
    `SELECT COUNT(*) AS count, TIMESTAMPDIFF(MICROSECOND, MIN(created_at), NOW(6)) / 1000000 AS oldest
     FROM (SELECT created_at FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT 100000) AS waiting`,
  );
  return { count: Number(row?.count ?? 0), oldestSeconds: Math.max(0, Number(row?.oldest ?? 0)) };
}
