import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { context, propagation, TraceFlags, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { Registry } from 'prom-client';
import type { Database } from '../../database/database.ts';
import { sampleOf, type TestDatabase, testDatabase } from '../../database/testing/test-database.ts';
import { createConsumer } from '../consumer/create-consumer.ts';
import type { ReceivedEvent } from '../event.ts';
import { event, silent, type TestMessaging, testMessaging } from '../testing/test-messaging.ts';
import { purgeOutbox } from './purge-outbox.ts';
import { createRelay } from './relay.ts';
import { writeOutbox } from './write-outbox.ts';

let given: TestDatabase;
let messaging: TestMessaging;
let received: ReceivedEvent[];

beforeEach(async () => {
  given = await testDatabase();
  messaging = await testMessaging(3);
  received = [];
});
afterEach(async () => {
  await messaging.close();
  await given.close();
});

function startConsumer(handle: (event: ReceivedEvent) => Promise<void> = async (each) => void received.push(each)) {
  const metrics = new Registry();
  const { kafka, topic } = messaging;
  const parse = ({ data }: ReceivedEvent) => data;
  const setup = { kafka, log: silent, metrics, group: 'g', topics: [topic], part: 'things', parse };
  const consumer = createConsumer({ ...setup, handle });
  return { metrics, stop: messaging.start(consumer) };
}

function startRelay(database: Database = given.database) {
  const metrics = new Registry();
  const relay = createRelay({ database, kafka: messaging.again(), log: silent, metrics });
  return { metrics, relay, stop: messaging.start(relay) };
}

/** Writes so many events for each key, a few to a transaction, and tells what was committed. */
async function write(keys: string[], count: number, from = 0): Promise<string[]> {
  const written: string[] = [];
  await Promise.all(
    keys.map(async (key) => {
      for (let n = from; n < from + count; n += 5) {
        const events = [0, 1, 2, 3, 4].map((more) => event(messaging.topic, key, { n: n + more }));
        await given.database.transaction('write', (tx) => writeOutbox(tx, events));
        written.push(...events.map(({ id }) => id));
      }
    }),
  );
  return written;
}

const distinct = () => new Set(received.map(({ id }) => id)).size;

/** The numbers of one key as they came, each at its first coming. */
function firstComings(key: string): unknown[] {
  const seen = new Set<string>();
  return received
    .filter((each) => each.key === key && !seen.has(each.id) && seen.add(each.id))
    .map(({ data }) => (typeof data === 'object' && data !== null ? Reflect.get(data, 'n') : undefined));
}

describe('events', () => {
  test('arrive as they were written, and only those that were committed', async () => {
    startConsumer();
    const { relay, metrics } = startRelay();
    const sent = {
      ...event(messaging.topic, '열쇠', { text: '주문 완료 🎫', big: 9_007_199_254_740_991 }),
      subject: 's',
    };
    const undone = given.database.transaction('undo', async (tx) => {
      await writeOutbox(tx, [event(messaging.topic, 'k', {})]);
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await given.database.transaction('write', (tx) => writeOutbox(tx, [sent]));
    relay.wake();
    await until('the event arrives', async () => received.length > 0);
    expect(received).toEqual([sent]);
    await until('it is counted', async () => (await sampleOf(metrics, 'outbox_sent_total')) === 1);
  });

  test('carry on the trace of their cause', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const parent = trace.setSpanContext(context.active(), {
      traceId,
      spanId: 'b7ad6b7169203331',
      traceFlags: TraceFlags.SAMPLED,
    });
    let traced: string | undefined;
    startConsumer(async () => {
      traced = trace.getActiveSpan()?.spanContext().traceId;
    });
    startRelay();
    await context.with(parent, () => write(['k'], 5));
    await until('the event arrives', async () => traced !== undefined);
    expect(traced).toBe(traceId);
  });

  test('of each key arrive in their order, all of them, though relays change places', async () => {
    startConsumer();
    const relays = [startRelay(), startRelay(given.again()), startRelay(given.again())];
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    const writing = write(keys, 200);
    for (let kills = 0; kills < 3; kills += 1) {
      await pause(300);
      const [rows] = await given.schema.admin.query('SELECT IS_USED_LOCK(?) AS holder', [`relay:${given.schema.name}`]);
      const holder = Array.isArray(rows) ? Reflect.get(rows[0] ?? {}, 'holder') : null;
      if (holder !== null) await given.schema.admin.query('KILL ?', [holder]);
    }
    const written = await writing;
    await until('all events arrive', async () => distinct() === written.length);
    for (const key of keys) expect(firstComings(key)).toEqual(Array.from({ length: 200 }, (_, n) => n));
    await until('all rows are marked', async () => {
      const [rows] = await given.schema.admin.query('SELECT COUNT(*) AS count FROM outbox WHERE sent_at IS NULL');
      return Array.isArray(rows) && Reflect.get(rows[0] ?? {}, 'count') === 0;
    });
    const sent = await Promise.all(relays.map(({ metrics }) => sampleOf(metrics, 'outbox_sent_total')));
    expect(sent.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(written.length);
  });

  test('committed late are not skipped', async () => {
    startConsumer();
    startRelay();
    const early = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const late = given.database.transaction('late', async (tx) => {
      await writeOutbox(tx, [event(messaging.topic, 'late', { n: 0 })]);
      early.resolve();
      await finish.promise;
    });
    await early.promise;
    await write(['early'], 5);
    await until('the later rows arrive', async () => received.length === 5);
    finish.resolve();
    await late;
    await until('the earlier row arrives', async () => firstComings('late').length === 1);
  });

  test('wait in the outbox while Kafka does not know their topic, and are counted', async () => {
    const { metrics } = startRelay();
    await given.database.transaction('write', (tx) => writeOutbox(tx, [event('no-such-topic', 'k', {})]));
    await until('the failure is counted', async () => (await sampleOf(metrics, 'outbox_send_failures_total')) > 0);
    await until('the backlog is measured', async () => (await sampleOf(metrics, 'outbox_unsent')) === 1);
    await given.schema.admin.query('DELETE FROM outbox');
  });

  test('are purged when they were sent long ago, and never before they were sent', async () => {
    await write(['k'], 10);
    await given.schema.admin.query(
      'UPDATE outbox SET created_at = NOW(6) - INTERVAL 9 DAY, sent_at = IF(id % 2, NOW(6) - INTERVAL 8 DAY, NULL)',
    );
    expect(await purgeOutbox(given.database, { days: 7 })).toBe(5);
    expect(await purgeOutbox(given.database, { days: 7 })).toBe(0);
  });
});
