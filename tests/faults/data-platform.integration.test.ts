import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dataPlatformService } from '@onsale/data-platform';
import { databaseConfig, openDatabase } from '@onsale/platform/database';
import {
  type DeadLetter,
  groupLag,
  type KafkaConnection,
  kafkaConfig,
  listDeadLetters,
  openKafka,
  replayDeadLetters,
  republishOutbox,
} from '@onsale/platform/messaging';
import { type RunningService, startService } from '@onsale/platform/service';
import { createLogger, createMetrics } from '@onsale/platform/telemetry';
import {
  type Buyer,
  call,
  deliveredOrders,
  type FreshSchema,
  freePort,
  freshSchema,
  type Shop,
  startShop,
  until,
} from '@onsale/tests/support';
import { z } from 'zod';

const key = randomUUID();
const topics = ['order-completed', 'order-cancelled'];
const group = 'data-platform-sender';
const timeoutMs = 30_000;
const log = createLogger({ name: 'test', level: 'silent' });

let schema: FreshSchema;
let port: number;
let platform: RunningService;
let shop: Shop;
let kafka: KafkaConnection;
let buyer: Buyer;
let productId: string;

const startPlatform = () =>
  startService(dataPlatformService, {
    env: {
      ...schema.env,
      HTTP_PORT: String(port),
      DATA_PLATFORM_KEY: key,
      DATA_PLATFORM_FAULTS: 'allowed',
      LOG_LEVEL: 'fatal',
    },
    parts: ['http', 'migrate'],
  });
const url = () => `http://127.0.0.1:${port}`;

beforeAll(async () => {
  [schema, port] = await Promise.all([freshSchema('platform'), freePort()]);
  platform = await startPlatform();
  shop = await startShop({
    orderParts: ['relay', 'data-platform-sender'],
    orderEnv: [
      {
        DATA_PLATFORM_URL: url(),
        DATA_PLATFORM_KEY: key,
        DATA_PLATFORM_TIMEOUT_MS: '500',
        // How long a loaded machine takes is not what is asked here.
        ORDER_WAIT_MS: '20000',
        HTTP_REQUEST_TIMEOUT_MS: '30000',
        DATA_PLATFORM_BREAKER_MIN_CALLS: '4',
        DATA_PLATFORM_BREAKER_RESET_MS: '200',
        LOG_LEVEL: 'fatal',
      },
    ],
  });
  kafka = openKafka(z.object(kafkaConfig).parse(shop.env), log);
  [buyer, { id: productId }] = await Promise.all([shop.createBuyer(10_000_000), shop.createProduct(100_000, 10)]);
});
afterAll(async () => {
  await shop?.stop();
  await platform?.stop();
  await schema?.close();
});

/** Orders, all of which the shop must take whatever the data platform does. */
async function placeOrders(count: number): Promise<string[]> {
  const placed = await Promise.all(
    Array.from({ length: count }, () => shop.order(buyer, [{ productId, quantity: 1 }])),
  );
  expect(placed.map(({ status }) => status)).toEqual(Array(count).fill(201));
  return placed.map(({ body }) => body.id);
}
async function cancel(orderId: string | undefined): Promise<void> {
  expect((await shop.cancel(buyer, orderId ?? '')).status).toBe(200);
}
async function fault(body: object): Promise<void> {
  expect((await call(`${url()}/faults`, { method: 'PUT', token: key, body })).status).toBe(200);
}

/** What the data platform must have in the end: each event about an order that was ever written. */
async function written(): Promise<Map<string, unknown>> {
  const rows = await shop.rows(
    `SELECT event_id AS eventId, type, message_key AS orderId, CAST(data AS CHAR) AS data
     FROM outbox WHERE topic IN (?)`,
    [topics],
  );
  return new Map(rows.map(({ eventId, type, orderId, data }) => [eventId, { type, orderId, data: JSON.parse(data) }]));
}
async function has(): Promise<Map<string, unknown>> {
  const all = await deliveredOrders({ url: url(), key });
  const byId = new Map(all.map(({ eventId, type, orderId, data }) => [eventId, { type, orderId, data }]));
  // Each once.
  expect(byId.size).toBe(all.length);
  return byId;
}
const untilItHasAll = () =>
  until('the data platform to have every event', async () => (await has()).size === (await written()).size, 50_000);
const untilAllIsSeenTo = () =>
  until(
    'the relay and the sender to be done',
    async () => {
      const unsent = await shop.rows('SELECT 1 FROM outbox WHERE sent_at IS NULL LIMIT 1');
      return unsent.length === 0 && (await groupLag(kafka, group, topics, { timeoutMs })) === 0;
    },
    50_000,
  );
const deadLetters = async (): Promise<readonly DeadLetter[]> =>
  (await listDeadLetters(kafka, topics, { timeoutMs })).letters;

async function metric(name: string, label = ''): Promise<number> {
  const text = await fetch(`${shop.orders[0]?.managementUrl}/metrics`).then((response) => response.text());
  const line = text.split('\n').find((each) => each.startsWith(`${name}{`) && each.includes(label));
  return line === undefined ? 0 : Number(line.split(' ').at(-1));
}
const timesTo = (state: string) => metric('http_client_breaker_transitions_total', `to="${state}"`);
const untilTheBreaker = async (opensMoreOftenThan: number) =>
  until('the breaker to open', async () => (await timesTo('open')) > opensMoreOftenThan);
const untilItIsClosed = () =>
  until('the breaker to be closed', async () => (await metric('http_client_breaker_state')) === 0, 50_000);

describe('the data platform', () => {
  test('is told of orders and cancellations', async () => {
    const [first] = await placeOrders(10);
    await cancel(first);
    await untilItHasAll();
    expect(await has()).toEqual(await written());
    expect((await written()).size).toBe(11);
  });

  test('goes down, hangs and fails after storing: orders go on, and in the end it has each event once', async () => {
    const begun = await timesTo('open');
    await platform.stop();
    const [first] = await placeOrders(20);
    await untilTheBreaker(begun);
    await cancel(first);
    platform = await startPlatform();
    await untilItHasAll();
    await untilItIsClosed();

    const beforeHanging = await timesTo('open');
    await fault({ mode: 'hang' });
    const [second] = await placeOrders(20);
    await untilTheBreaker(beforeHanging);
    await cancel(second);
    expect(await metric('http_client_calls_total', 'outcome="upstream-timed-out"')).toBeGreaterThan(0);
    await fault({ mode: 'none' });
    await untilItHasAll();
    await untilItIsClosed();

    const beforeFailing = await timesTo('open');
    const hadBefore = (await has()).size;
    await fault({ mode: 'fail', after: 'storing' });
    await placeOrders(20);
    await untilTheBreaker(beforeFailing);
    // It has some, and nobody knows.
    expect((await has()).size).toBeGreaterThan(hadBefore);
    expect(await groupLag(kafka, group, topics, { timeoutMs })).toBeGreaterThan(0);
    await fault({ mode: 'hang', after: 'storing' });
    await placeOrders(5);
    await fault({ mode: 'none' });
    await untilAllIsSeenTo();
    await untilItIsClosed();

    expect(await has()).toEqual(await written());
    expect(await timesTo('half-open')).toBeGreaterThanOrEqual(3);
    expect(await timesTo('closed')).toBeGreaterThanOrEqual(3);
    expect(await deadLetters()).toEqual([]);
  });

  test.each([422, 500])(
    'refuses one event with %d: it is a dead letter, alone; replayed, it arrives',
    async (status) => {
      const [refused] = await placeOrders(1);
      await untilItHasAll();
      const before = (await deadLetters()).length;
      await fault({ mode: 'fail', status, only: refused });
      await cancel(refused);
      const [other] = await placeOrders(10);
      await cancel(other);
      await untilAllIsSeenTo();
      const { size } = await written();
      expect((await has()).size).toBe(size - 1);

      const letters = await deadLetters();
      expect(letters.length).toBe(before + 1);
      const letter = letters.filter(({ replayedAt }) => replayedAt === undefined);
      expect(letter).toMatchObject([{ topic: 'order-cancelled', group, attempts: 5, errorName: 'HttpRefusal' }]);
      expect(letter[0]?.error).toMatch(new RegExp(`^${status} to POST /orders of data-platform .*: fault$`));
      expect(await metric('http_client_breaker_state')).toBe(0);

      await fault({ mode: 'none' });
      await replayDeadLetters(kafka, 'order-cancelled', letter, { timeoutMs });
      await untilItHasAll();
      expect(await has()).toEqual(await written());
    },
  );

  test('lies that it stored an event: it lacks it, and gets it when the outbox is sent again', async () => {
    await fault({ mode: 'lie' });
    const [forgotten] = await placeOrders(1);
    await untilAllIsSeenTo();
    await fault({ mode: 'none' });
    const stored = await has();
    const lacking = [...(await written())].flatMap(([eventId, event]) => (stored.has(eventId) ? [] : [event]));
    expect(lacking).toMatchObject([{ orderId: forgotten }]);

    const database = openDatabase({
      config: z.object(databaseConfig).parse(shop.schema.env),
      log,
      metrics: createMetrics('test'),
    });
    try {
      expect(await republishOutbox(database, { fromId: 0n, toId: 2n ** 62n })).toBeGreaterThan(50);
    } finally {
      await database.close();
    }
    await untilItHasAll();
    await untilAllIsSeenTo();
    expect(await has()).toEqual(await written());
  });
});
