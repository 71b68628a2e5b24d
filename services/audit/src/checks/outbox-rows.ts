import type { Reader } from '../snapshot/connect.ts';

const PAGE = 5_000;

/** An event as the outbox holds it. */
export interface OutboxRow {
  readonly eventId: string;
  readonly topic: string;
  readonly messageKey: string;
  readonly type: string;
  readonly data: unknown;
  /** Absent while it was not sent. */
  readonly sentAt?: Date;
}

/** All events of the types in the order of their ids, in pages, so that no statement grows with the table. */
export async function* outboxRows(
  commerce: Pick<Reader, 'rows'>,
  types?: readonly string[],
): AsyncGenerator<OutboxRow> {
  let after = 0;
  for (;;) {
    const page = await commerce.rows(
      `SELECT id, event_id AS eventId, topic, message_key AS messageKey, type, data, sent_at AS sentAt
         FROM outbox WHERE id > :after ${types ? 'AND type IN (:types)' : ''} ORDER BY id LIMIT ${PAGE}`,
      { after, types: [...(types ?? [])] },
    );
    if (page.length === 0) return;
    for (const { id, eventId, topic, messageKey, type, data, sentAt } of page) {
      after = Number(id);
      yield {
        eventId: String(eventId),
        topic: String(topic),
        messageKey: String(messageKey),
        type: String(type),
        data,
        ...(sentAt instanceof Date ? { sentAt } : {}),
      };
    }
  }
}
