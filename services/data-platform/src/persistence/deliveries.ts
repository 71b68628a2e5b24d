import { type Database, type Reading, requestHash } from '@onsale/platform/database';
import type { Clock } from '@onsale/platform/service';
import type { OrderEvent } from '../domain/order-event.ts';

/** A delivery as the list shows it. */
export interface Delivery {
  readonly eventId: string;
  readonly type: string;
  readonly orderId: string;
  readonly receivedAt: string;
  readonly data: unknown;
}

export interface Deliveries {
  /** Stores an event once: `repeated` when it was there with the same content, `other` with another. */
  store(event: OrderEvent): Promise<'stored' | 'repeated' | 'other'>;
  /** Those that came after a place in the list, and the place of the last when there are more. */
  list(page: { after: number; limit: number }): Promise<{ items: Delivery[]; next: number | undefined }>;
  count(): Promise<number>;
}

interface Row {
  readonly seq: number | string;
  readonly eventId: string;
  readonly type: string;
  readonly orderId: string;
  readonly receivedAt: Date;
  readonly data: string;
}

/** Deliveries in their table. Reads are on the primary: whoever checks what was stored must not see an old state. */
export function createDeliveries({ database, clock }: { database: Database; clock: Clock }): Deliveries {
  const hashOf = async (reading: Reading, eventId: string, lock = '') => {
    const [row] = await reading.rows<{ hash: string }>(
      `SELECT content_hash AS hash FROM deliveries WHERE event_id = :eventId ${lock}`,
      { eventId },
    );
    return row?.hash;
  };

  return {
    async store(event) {
      const hash = requestHash(event);
      const judge = (found: string | undefined) => (found === hash ? 'repeated' : 'other');
      const { value } = await database.transaction(
        'store delivery',
        async (tx) => {
          const stored = await tx.change(
            `INSERT INTO deliveries (event_id, type, order_id, data, content_hash, received_at)
             VALUES (:id, :type, :orderId, :data, :hash, :now)
             ON DUPLICATE KEY UPDATE event_id = deliveries.event_id`,
            {
              id: event.id,
              type: event.type,
              orderId: event.data.orderId,
              data: JSON.stringify(event.data),
              hash,
              now: clock.now(),
            },
          );
          return stored === 1 ? 'stored' : judge(await hashOf(tx, event.id));
        },
        {
          // When COMMIT was not answered: an event that is there was stored, by this attempt or another.
          settle: async (tx) => {
            const found = await hashOf(tx, event.id, 'FOR UPDATE');
            return found === undefined ? undefined : judge(found);
          },
        },
      );
      return value;
    },
    async list({ after, limit }) {
      const rows = await database.readPrimary((reading) =>
        reading.rows<Row>(
          `SELECT seq, event_id AS eventId, type, order_id AS orderId, received_at AS receivedAt,
             CAST(data AS CHAR) AS data
           FROM deliveries WHERE seq > :after ORDER BY seq LIMIT :limit`,
          { after, limit: limit + 1 },
        ),
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return { items: page.map(toDelivery), next: rows.length > limit && last ? Number(last.seq) : undefined };
    },
    async count() {
      const [row] = await database.readPrimary((reading) =>
        reading.rows<{ count: number }>('SELECT COUNT(*) AS count FROM deliveries'),
      );
      return Number(row?.count ?? 0);
    },
  };
}

const toDelivery = ({ eventId, type, orderId, receivedAt, data }: Row): Delivery => ({
  eventId,
  type,
  orderId,
  receivedAt: receivedAt.toISOString(),
  data: JSON.parse(data),
});
