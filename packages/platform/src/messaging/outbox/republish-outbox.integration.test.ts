import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { Registry } from 'prom-client';
import { type TestDatabase, testDatabase } from '../../database/testing/test-database.ts';
import { event, silent, type TestMessaging, testMessaging } from '../testing/test-messaging.ts';
import { readTopics } from '../topics/read-topics.ts';
import { createRelay } from './relay.ts';
import { republishableDays, republishOutbox } from './republish-outbox.ts';
import { writeOutbox } from './write-outbox.ts';

let given: TestDatabase;
let messaging: TestMessaging;

beforeEach(async () => {
  given = await testDatabase();
  messaging = await testMessaging(1);
});
afterEach(async () => {
  await messaging.close();
  await given.close();
});

const base = new Date(Date.now() - 86_400_000);
const minute = (n: number) => new Date(base.getTime() + n * 60_000);

/** Writes events whose body says their number, a minute apart, and has them sent. */
async function sendEvents(count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, n) => ({
    ...event(messaging.topic, 'k', { n }),
    time: minute(n),
  }));
  await given.database.transaction('write', (tx) => writeOutbox(tx, events));
  messaging.start(
    createRelay({ database: given.database, kafka: messaging.again(), log: silent, metrics: new Registry() }),
  );
  await untilSent();
}

const untilSent = () =>
  until('all are sent', async () => {
    const [rows] = await given.schema.admin.query('SELECT COUNT(*) AS count FROM outbox WHERE sent_at IS NULL');
    return Array.isArray(rows) && Reflect.get(rows[0] ?? {}, 'count') === 0;
  });

async function numbersInTopic(): Promise<number[]> {
  const found: number[] = [];
  const { kafka, topic } = messaging;
  const take = ({ value }: { value: string | null }) => void found.push(JSON.parse(value ?? '{}').n);
  await readTopics(kafka, [topic], take, { timeoutMs: 20_000 });
  return found;
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

async function idOf(number: number): Promise<bigint> {
  const [row] = await given.database.readPrimary((reading) =>
    reading.rows<{ id: string }>("SELECT CAST(id AS CHAR) AS id FROM outbox WHERE data->'$.n' = :number", { number }),
  );
  return BigInt(row?.id ?? -1);
}

describe('events that are published again', () => {
  test('are those of the range alone, in their order', async () => {
    await sendEvents(1200);
    const range = { fromId: await idOf(100), toId: await idOf(1099) };
    expect(await republishOutbox(given.database, range, { dryRun: true })).toBe(1000);
    expect(await republishOutbox(given.database, range)).toBe(1000);
    await untilSent();
    expect(await numbersInTopic()).toEqual([...numbers(0, 1199), ...numbers(100, 1099)]);
  });

  test('are those that happened in the time, its end not in it', async () => {
    await sendEvents(10);
    const range = { since: minute(3), until: minute(6) };
    expect(await republishOutbox(given.database, range)).toBe(3);
    await untilSent();
    expect(await numbersInTopic()).toEqual([...numbers(0, 9), 3, 4, 5]);
  });

  test('are of one topic, if told', async () => {
    await sendEvents(5);
    const all = { fromId: 0n, toId: 10n ** 18n };
    expect(await republishOutbox(given.database, all, { topic: 'another' })).toBe(0);
    expect(await republishOutbox(given.database, all, { topic: messaging.topic, dryRun: true })).toBe(5);
    expect(await numbersInTopic()).toEqual(numbers(0, 4));
  });

  test('are none of those that were never sent, and none when there are none', async () => {
    const all = { fromId: 0n, toId: 10n ** 18n };
    expect(await republishOutbox(given.database, all)).toBe(0);
    await given.database.transaction('write', (tx) => writeOutbox(tx, [event(messaging.topic, 'k', { n: 0 })]));
    expect(await republishOutbox(given.database, all)).toBe(0);
  });

  test('are none that a consumer may have forgotten that it had', async () => {
    await sendEvents(3);
    await given.schema.admin.query("UPDATE outbox SET created_at = NOW(6) - INTERVAL ? HOUR WHERE data->'$.n' = 1", [
      republishableDays * 24 + 1,
    ]);
    expect(await republishOutbox(given.database, { fromId: 0n, toId: 10n ** 18n })).toBe(2);
    await untilSent();
    expect(await numbersInTopic()).toEqual([0, 1, 2, 0, 2]);
  });

  test('must be of a range that is not empty', async () => {
    const refused = { kind: 'invalid', code: 'empty-range' };
    const at = new Date();
    await expect(republishOutbox(given.database, { fromId: 2n, toId: 1n })).rejects.toMatchObject(refused);
    await expect(republishOutbox(given.database, { since: at, until: at })).rejects.toMatchObject(refused);
  });
});
