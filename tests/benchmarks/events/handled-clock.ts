import { setTimeout as pause } from 'node:timers/promises';
import type { FreshSchema } from '@onsale/tests/support';
import { z } from 'zod';

const everyMs = 10;
const batches = z.array(z.object({ at: z.string() }));
const handledEvents = z.array(z.object({ id: z.string(), at: z.string() }));

/** Knows when effects became visible to others, 10 ms exactly. */
export interface HandledClock {
  /** By event id, on the clock of performance.now(). */
  stop(): Promise<Map<string, number>>;
}

/** Watches the inbox: the events of one transaction share their time in it, which is seen once that is committed. */
export function watchHandled(schema: FreshSchema, consumer: string): HandledClock {
  const seenAt = new Map<string, number>();
  const stopping = new AbortController();
  const look = async (sinceSeconds: number) => {
    const [rows] = await schema.admin.query(
      `SELECT CAST(handled_at AS CHAR) AS at FROM inbox
       WHERE handled_at > NOW(6) - INTERVAL ? SECOND AND consumer = ? GROUP BY handled_at`,
      [sinceSeconds, consumer],
    );
    const now = performance.now();
    for (const { at } of batches.parse(rows)) if (!seenAt.has(at)) seenAt.set(at, now);
  };
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      await look(1);
      await pause(everyMs);
    }
  })();
  watching.catch(() => undefined);
  return {
    async stop() {
      stopping.abort();
      await watching;
      await look(10);
      const [rows] = await schema.admin.query(
        'SELECT event_id AS id, CAST(handled_at AS CHAR) AS at FROM inbox WHERE consumer = ?',
        [consumer],
      );
      const times = handledEvents.parse(rows).map(({ id, at }) => [id, seenAt.get(at)] as const);
      return new Map(times.filter((each): each is readonly [string, number] => each[1] !== undefined));
    },
  };
}
