import type { ShopSchemas } from './shop-schemas.ts';
import type { ToldMessage } from './told-topics.ts';

/** What the relay would have sent of the outbox by now; the first one twice, as it may after a crash. */
export async function messagesIn({ rows }: Pick<ShopSchemas, 'rows'>): Promise<ToldMessage[]> {
  const sent = await rows('SELECT * FROM outbox WHERE sent_at IS NOT NULL ORDER BY id');
  const messages = sent.map((row) => ({
    topic: String(row.topic),
    key: String(row.message_key),
    value: JSON.stringify(row.data),
    headers: {
      ce_specversion: '1.0',
      ce_id: String(row.event_id),
      ce_type: String(row.type),
      ce_source: String(row.source),
      ce_time: row.created_at.toISOString(),
      'content-type': 'application/json',
    },
    time: row.sent_at.getTime(),
  }));
  return [...messages, ...messages.slice(0, 1)];
}
