import type { Database } from '../../database/database.ts';
import { DomainError } from '../../domain-error.ts';

/** Which sent events: by their row's id (both ends in it), or by when they happened (`until` not in it). */
export type OutboxRange =
  | { readonly fromId: bigint; readonly toId: bigint }
  | { readonly since: Date; readonly until: Date };

export interface RepublishOptions {
  /** Only events of this topic. */
  readonly topic?: string;
  /** Counts them and leaves them as they are. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Older events are left alone: an inbox remembers what it had for twice as long, and an event that it has forgotten
 * would have its effect again. Sent again, an event stays in the outbox longer than others, so its age must be looked at.
 */
export const republishableDays = 7;

/** Ids to a piece: its transaction holds its locks for milliseconds. */
const piece = 500n;

/**
 * Marks sent events as unsent, the oldest first and a piece of ids per transaction, so that the elected relay sends them
 * again in the order in which they were written. Consumers know the repeats by their inbox or by versions.
 * @returns how many; those that were never sent, or happened more than {@link republishableDays} ago, are not among them
 * @throws DomainError 'empty-range'
 */
export async function republishOutbox<M>(
  database: Database<M>,
  range: OutboxRange,
  options: RepublishOptions = {},
): Promise<number> {
  const { topic, dryRun = false, signal } = options;
  const byId = 'fromId' in range;
  if (byId ? range.fromId > range.toId : range.since >= range.until) {
    throw new DomainError('invalid', 'empty-range', 'The range is empty.');
  }
  const kept = await keptIds(database);
  if (kept === undefined) return 0;
  const first = byId && range.fromId > kept.first ? range.fromId : kept.first;
  const last = byId && range.toId < kept.last ? range.toId : kept.last;
  const condition = [
    'id BETWEEN :low AND :high AND sent_at IS NOT NULL AND created_at >= NOW(6) - INTERVAL :days DAY',
    ...(byId ? [] : ['created_at >= :since AND created_at < :until']),
    ...(topic === undefined ? [] : ['topic = :topic']),
  ].join(' AND ');
  const values = {
    days: republishableDays,
    ...(byId ? {} : { since: range.since, until: range.until }),
    ...(topic === undefined ? {} : { topic }),
  };

  let events = 0;
  for (let low = first; low <= last && signal?.aborted !== true; low += piece) {
    const high = low + piece - 1n;
    const ids = { low, high: high < last ? high : last };
    if (dryRun) {
      const [row] = await database.readPrimary((reading) =>
        reading.rows<{ count: number }>(`SELECT COUNT(*) AS count FROM outbox WHERE ${condition}`, {
          ...values,
          ...ids,
        }),
      );
      events += Number(row?.count ?? 0);
    } else {
      const { value } = await database.transaction('republish outbox', (tx) =>
        tx.change(`UPDATE outbox SET sent_at = NULL WHERE ${condition}`, { ...values, ...ids }),
      );
      events += value;
    }
  }
  return events;
}

async function keptIds<M>(database: Database<M>): Promise<{ first: bigint; last: bigint } | undefined> {
  const [row] = await database.readPrimary((reading) =>
    reading.rows<{ first: string | null; last: string | null }>(
      'SELECT CAST(MIN(id) AS CHAR) AS first, CAST(MAX(id) AS CHAR) AS last FROM outbox',
    ),
  );
  if (row === undefined || row.first === null || row.last === null) return undefined;
  return { first: BigInt(row.first), last: BigInt(row.last) };
}
