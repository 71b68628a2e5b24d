import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { balanceChanged } from '@onsale/contracts';
import { groupLag, type KafkaConnection, openKafka } from '@onsale/platform/messaging';
import { openRedis } from '@onsale/platform/redis';
import { type RunningService, startService } from '@onsale/platform/service';
import { createLogger } from '@onsale/platform/telemetry';
import { type Buyer, call, type Shop, startShop, until } from '@onsale/tests/support';
import type { ResultSetHeader } from 'mysql2/promise';
import { pointService } from '../service.ts';

let shop: Shop;
let redis: ReturnType<typeof openRedis>;
let kafka: KafkaConnection;
let corrector: RunningService;

const log = createLogger({ name: 'test', level: 'silent' });

beforeAll(async () => {
  shop = await startShop();
  redis = openRedis({ url: shop.redis.url, name: 'test', log });
  const { KAFKA_BROKERS = '', KAFKA_TOPIC_PREFIX = '' } = shop.env;
  kafka = openKafka({ KAFKA_BROKERS, KAFKA_TOPIC_PREFIX }, log);
});
afterAll(async () => {
  await corrector?.stop();
  redis?.disconnect();
  await shop?.stop();
});

const cacheKey = ({ userId }: Buyer) => `balance:${userId}`;

async function remembered(buyer: Buyer): Promise<{ version: number; balance: number } | undefined> {
  const [version, text] = await redis.hmget(cacheKey(buyer), 'version', 'text');
  return version && text ? { version: Number(version), balance: JSON.parse(text).balance } : undefined;
}

const charge = (buyer: Buyer, amount: number) =>
  call(`${shop.point.url}/api/balance/charge`, {
    token: buyer.token,
    key: crypto.randomUUID(),
    body: { userId: buyer.userId, amount },
  });

const shown = async ({ userId, token }: Buyer) =>
  (await call(`${shop.point.url}/api/balance/${userId}`, { token })).body.balance;

/** Has the relay send the event of that version of the account once more. */
async function sendAgain({ userId }: Buyer, version: number): Promise<void> {
  const [{ affectedRows }] = await shop.schema.admin.query<ResultSetHeader>(
    `UPDATE outbox SET sent_at = NULL
      WHERE topic = ? AND message_key = ? AND JSON_EXTRACT(data, '$.version') = ?`,
    [balanceChanged.topic, userId, version],
  );
  expect(affectedRows).toBe(1);
}

const handled = () =>
  until('all events to be handled', async () => {
    const [row] = await shop.rows('SELECT COUNT(*) AS unsent FROM outbox WHERE sent_at IS NULL');
    return (
      row.unsent === 0 && (await groupLag(kafka, 'balance-cache', [balanceChanged.topic], { timeoutMs: 5_000 })) === 0
    );
  });

describe('the remembered balance', () => {
  let buyer: Buyer;

  test('is corrected after a change whose process died before it could remember it', async () => {
    buyer = await shop.createBuyer(1_000);
    await charge(buyer, 500);
    // As the second charge would have left it; and it stays longer than it would, so that no expiry hides a failure.
    await redis.hset(cacheKey(buyer), 'version', 1, 'text', JSON.stringify({ balance: 1_000 }));
    await redis.persist(cacheKey(buyer));
    expect(await shown(buyer)).toBe(1_000);

    corrector = await startService(pointService, { env: shop.env, parts: ['relay', 'balance-cache'] });
    await until('the balance to be corrected', async () => (await shown(buyer)) === 1_500);
    await handled();
    expect(await remembered(buyer)).toEqual({ version: 2, balance: 1_500 });
    expect(await redis.pttl(cacheKey(buyer))).toBeGreaterThan(0);
  });

  test('stays when an older event comes again after a newer one', async () => {
    await sendAgain(buyer, 1);
    await handled();
    expect(await remembered(buyer)).toEqual({ version: 2, balance: 1_500 });
  });

  test('does not become an old one again when an old event comes after it was forgotten', async () => {
    await redis.del(cacheKey(buyer));
    await sendAgain(buyer, 1);
    await handled();
    expect(await shown(buyer)).toBe(1_500);
    expect(await remembered(buyer)).toEqual({ version: 2, balance: 1_500 });
  });

  test('is that of the last of many changes', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((amount) => charge(buyer, amount)));
    await redis.hset(cacheKey(buyer), 'version', 2);
    await handled();
    expect(await remembered(buyer)).toEqual({ version: 7, balance: 1_515 });
  });
});
