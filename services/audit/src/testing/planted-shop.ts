import { startDataPlatform } from '@onsale/tests/support';
import type { AuditOptions } from '../audit-options.ts';
import type { Damage } from './damage.ts';
import { dayOf } from './day-of.ts';
import { testRanking } from './live-ranking.ts';
import { messagesIn } from './messages-in.ts';
import { type ShopSchemas, shopSchemas } from './shop-schemas.ts';
import { type TinyShop, tinyShop } from './tiny-shop.ts';
import { toldTopics } from './told-topics.ts';

/** The tiny shop on real servers, with all that its events led to outside. */
export interface PlantedShop {
  readonly schemas: ShopSchemas;
  /** What an audit of it needs. */
  options(): Required<Pick<AuditOptions, 'commerce' | 'auth' | 'kafka' | 'redis' | 'dataPlatform'>>;
  /** Makes all as the tiny shop is, from `now` unless told; then does the damage. */
  build(damage?: Omit<Damage, 'check' | 'damage' | 'named'>, now?: Date): Promise<TinyShop>;
  /** Commits an event to the outbox after all that, and sends it. */
  sendOrder(orderId: string): Promise<void>;
  close(): Promise<void>;
}

const orderEvents = "type IN ('onsale.order-completed.v1', 'onsale.order-cancelled.v1') AND sent_at IS NOT NULL";

export async function plantedShop(): Promise<PlantedShop> {
  const [schemas, ranking, dataPlatform] = await Promise.all([shopSchemas(), testRanking(), startDataPlatform()]);
  const topics = toldTopics();
  let now = new Date();

  const run = async (schema: Damage['schema'], statements: readonly string[] = []): Promise<void> => {
    if (schema !== 'dataPlatform') return schemas.change(schema ?? 'commerce', statements);
    for (const statement of statements) await dataPlatform.schema.admin.query(statement);
  };
  /** What happens to whatever stands in the outbox. */
  const followOutbox = async ({ messages = (all) => all }: Pick<Damage, 'messages'>): Promise<void> => {
    const { database } = schemas.commerce;
    await run(undefined, [
      `INSERT IGNORE INTO inbox SELECT 'bestseller', event_id, created_at FROM outbox WHERE ${orderEvents}`,
    ]);
    await run('dataPlatform', [
      'DELETE FROM deliveries',
      `INSERT INTO deliveries (event_id, type, order_id, data, content_hash, received_at)
       SELECT event_id, type, message_key, data, REPEAT('0', 64), created_at FROM ${database}.outbox WHERE ${orderEvents} ORDER BY id`,
    ]);
    await topics.hold(messages(await messagesIn(schemas)));
  };
  return {
    schemas,
    options: () => ({
      commerce: schemas.commerce,
      auth: schemas.auth,
      kafka: topics.access(),
      redis: ranking.access,
      dataPlatform: { url: dataPlatform.url, key: dataPlatform.key },
    }),
    build: async (damage = {}, at) => {
      const present = new Date();
      // One moment for all, so that the topics can stay as they are; but of this day, which is the ranking's.
      if (dayOf(now) !== dayOf(present)) now = present;
      const shop = tinyShop(at ?? now);
      const emptied = Object.fromEntries(Object.keys(shop.tables).map((name) => [name, []]));
      await schemas.fill(damage.clear ? emptied : shop.tables);
      await run(damage.schema, damage.statements);
      await followOutbox(damage);
      await run(damage.schema, damage.lastly);
      const statistics = await schemas.rows('SELECT * FROM product_statistics WHERE day = ?', [dayOf(present)]);
      await ranking.follow(dayOf(present), statistics, damage.ranking);
      return shop;
    },
    sendOrder: async (orderId) => {
      const id = `event-of-${orderId}`;
      await run(undefined, [
        `INSERT INTO outbox (event_id, topic, message_key, type, source, data, created_at, sent_at)
         VALUES ('${id}', 'order-completed', '${orderId}', 'onsale.order-completed.v1', 'order', '{}', NOW(6), NOW(6))`,
      ]);
      const sent = await messagesIn(schemas);
      await topics.add(sent.filter(({ headers }) => headers.ce_id === id));
    },
    close: async () => {
      await topics.close();
      await Promise.all([schemas.close(), ranking.close(), dataPlatform.stop()]);
    },
  };
}
