import { type FreshSchema, until } from '@onsale/tests/support';
import { z } from 'zod';
import { countingGroup } from './counting-service.ts';

const flow = z.tuple([z.object({ came: z.coerce.number(), counted: z.coerce.number() })]);
const arrival = z.tuple([z.string(), z.string(), z.number()]);
const one = z.tuple([z.object({ count: z.coerce.number() })]);

/** What the consumers have left in the database. */
export function countedEvents(schema: FreshSchema) {
  const query = async (sql: string, values: unknown[] = []): Promise<unknown> => {
    const [rows] = await schema.admin.query(sql, values);
    return rows;
  };
  const count = async (sql: string, values: unknown[] = []) => one.parse(await query(sql, values))[0].count;
  /** Events as they came, repeats included, and those that counted; of one member or of all. */
  const sums = async (member = '%') =>
    flow.parse(
      await query(
        'SELECT COALESCE(SUM(came), 0) AS came, COALESCE(SUM(counted), 0) AS counted FROM batches WHERE member LIKE ?',
        [member],
      ),
    )[0];
  return {
    sums,
    /** Waits until more events are counted than now. */
    async untilMore(what: string): Promise<void> {
      const before = (await sums()).counted;
      await until(`events to flow ${what}`, async () => (await sums()).counted > before, 120_000);
    },
    /** Waits until all that is committed now has had its effect. */
    async untilHandled(what: string): Promise<void> {
      const last = await count('SELECT COALESCE(MAX(id), 0) AS count FROM outbox');
      const sql = `SELECT COUNT(*) AS count FROM outbox LEFT JOIN inbox
        ON inbox.consumer = ? AND inbox.event_id = outbox.event_id
        WHERE outbox.id <= ? AND inbox.event_id IS NULL`;
      let left: number | undefined;
      const handled = async () => {
        left = await count(sql, [countingGroup, last]);
        return left === 0;
      };
      await until(what, handled, 120_000).catch(async (error: unknown) => {
        const unsent = await count('SELECT COUNT(*) AS count FROM outbox WHERE sent_at IS NULL AND id <= ?', [last]);
        throw new Error(`${left} of those events not handled, ${unsent} not sent`, { cause: error });
      });
    },
    unsent: () => count('SELECT COUNT(*) AS count FROM outbox WHERE sent_at IS NULL'),
    outbox: () => count('SELECT COUNT(*) AS count FROM outbox'),
    inbox: () => count('SELECT COUNT(*) AS count FROM inbox WHERE consumer = ?', [countingGroup]),
    /** Each effect, in the order in which they came to be. */
    async arrivals(): Promise<{ id: string; key: string; n: number }[]> {
      const [rows] = await schema.admin.query({
        sql: 'SELECT event_id, message_key, n FROM arrivals ORDER BY seq',
        rowsAsArray: true,
      });
      return z
        .array(arrival)
        .parse(rows)
        .map(([id, key, n]) => ({ id, key, n }));
    },
    async countsByKey(): Promise<Map<string, number>> {
      const rows = z
        .array(z.object({ message_key: z.string(), events: z.number() }))
        .parse(await query('SELECT message_key, events FROM counts'));
      return new Map(rows.map(({ message_key, events }) => [message_key, events]));
    },
    /** When something was counted. */
    async moments(): Promise<number[]> {
      const rows = z
        .array(z.object({ at: z.date() }))
        .parse(await query('SELECT at FROM batches WHERE counted > 0 ORDER BY at'));
      return rows.map(({ at }) => at.getTime());
    },
  };
}
