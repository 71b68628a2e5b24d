import type { Tx } from '../../database/database.ts';
import { injectTraceHeaders } from '../../telemetry/trace-headers.ts';
import { withSpan } from '../../telemetry/with-span.ts';
import type { Event } from '../event.ts';

/**
 * Writes the events in the transaction of their cause. Call it last, while the aggregates' rows are locked: so the
 * order of rows is the order of commits for each key.
 */
export async function writeOutbox<M>(tx: Tx<M>, events: readonly Event[]): Promise<void> {
  if (events.length === 0) return;
  await withSpan('outbox write', { 'outbox.events': events.length }, async () => {
    const traceParent = injectTraceHeaders().traceparent ?? null;
    const rows = events.map(({ id, topic, key, type, source, subject, data, time }) => [
      id,
      topic,
      key,
      type,
      source,
      subject ?? null,
      JSON.stringify(data),
      traceParent,
      time,
    ]);
    await tx.change(
      `INSERT INTO outbox
         (event_id, topic, message_key, type, source, subject, data, trace_parent, created_at) VALUES :rows`,
      { rows },
    );
  });
}
