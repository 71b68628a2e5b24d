import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { groupLag, openKafka } from '@onsale/platform/messaging';
import { type RunningService, startService } from '@onsale/platform/service';
import { until } from '@onsale/tests/support';
import { dayOf, startOf } from '../domain/day.ts';
import { bestsellerService } from '../service.ts';
import { sellAtRandom, soldByOrders, uncounted } from '../testing/sell-at-random.ts';
import { positive, silent, type TestBestsellers, testBestsellers } from '../testing/test-bestsellers.ts';
import { salesTopics } from './sales-consumer.ts';

let bench: TestBestsellers;
const started: RunningService[] = [];

beforeAll(async () => {
  bench = await testBestsellers(new Date().toISOString(), { parts: ['http', 'migrate', 'relay'], bestseller: true });
});
afterAll(async () => {
  await Promise.all(started.map((service) => service.stop()));
  await bench?.stop();
});

async function startConsumer(): Promise<RunningService> {
  const service = await startService(bestsellerService, { env: bench.shop.env, parts: ['statistics'] });
  started.push(service);
  return service;
}

test('every order is counted once while consumers come and go, and when all events are sent again', async () => {
  const { shop } = bench;
  const today = dayOf(new Date());
  const products = await Promise.all(Array.from({ length: 5 }, () => shop.createProduct(100_000)));
  const sales = await sellAtRandom(
    shop,
    products.map(({ id }) => id),
  );
  const orders = async () => (await shop.rows('SELECT COUNT(*) AS count FROM orders'))[0].count;
  const second = await startConsumer();
  await until('orders to come in', async () => (await orders()) > 100);
  await startConsumer();
  await pause(500);
  await second.stop();
  const before = await orders();
  await until('more orders to come in', async () => (await orders()) > before + 100);
  await sales.stop();

  await until('all to be counted', async () => (await uncounted(shop)) === 0, 60_000);
  const expected = await soldByOrders(shop, startOf(today));
  expect(await bench.sold(today)).toEqual(expected);
  const shown = await until('the ranking to be whole', () => bench.shown(today));
  expect(shown).toEqual(positive(expected));

  const { affectedRows } = Object((await shop.schema.admin.query('UPDATE outbox SET sent_at = NULL'))[0]);
  expect(affectedRows).toBeGreaterThan(200);
  await until('all to be sent again', async () => {
    const [row] = await shop.rows('SELECT COUNT(*) AS count FROM outbox WHERE sent_at IS NULL');
    return row.count === 0;
  });
  const kafka = openKafka(
    { KAFKA_BROKERS: shop.env.KAFKA_BROKERS ?? '', KAFKA_TOPIC_PREFIX: shop.env.KAFKA_TOPIC_PREFIX ?? '' },
    silent,
  );
  await until(
    'all to be consumed again',
    async () => (await groupLag(kafka, 'bestseller', salesTopics, { timeoutMs: 5_000 })) === 0,
    60_000,
  );
  expect(await bench.sold(today)).toEqual(expected);
  expect(await bench.shown(today)).toEqual(positive(expected));
}, 180_000);
