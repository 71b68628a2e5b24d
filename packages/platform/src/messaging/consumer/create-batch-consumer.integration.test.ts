import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { sampleOf } from '../../database/testing/test-database.ts';
import { recordSpans } from '../../telemetry/testing/record-spans.ts';
import { deadLetterTopicOf } from '../dead-letters/dead-letter-topic-of.ts';
import type { TypedEvent } from '../event.ts';
import { allIn, aThing, sendAll, type Thing, testConsuming, thingsSetup } from '../testing/test-consuming.ts';
import type { TestMessaging } from '../testing/test-messaging.ts';
import { groupLag } from '../topics/group-lag.ts';
import { type BatchConsumerOptions, createBatchConsumer } from './create-batch-consumer.ts';

const spans = recordSpans();
let messaging: TestMessaging;
let batches: (readonly TypedEvent<Thing>[])[];

beforeEach(async () => {
  messaging = await testConsuming(1);
  batches = [];
});
afterEach(() => messaging.close());

function start(more: Partial<BatchConsumerOptions<Thing>> = {}) {
  const setup = {
    ...thingsSetup({ ...messaging, kafka: messaging.again() }),
    handleBatch: async (events: readonly TypedEvent<Thing>[]) => void batches.push(events),
  };
  const stop = messaging.start(createBatchConsumer({ ...setup, ...more }));
  const outcomes = (outcome: string) => sampleOf(setup.metrics, 'consumer_messages_total', { outcome });
  return { stop, outcomes };
}

const things = (length: number) => Array.from({ length }, (_, n) => aThing(messaging.topic, `k${n % 5}`, n));
const numbers = () => batches.flat().map(({ data }) => data.n);
const count = (length: number) => Array.from({ length }, (_, n) => n);

describe('a batch consumer', () => {
  test('handles events together in the order of their partition, no more than it may', async () => {
    await sendAll(messaging.kafka, things(100));
    start({ batchSize: 30 });
    await until('all are handled', async () => numbers().length === 100);
    expect(numbers()).toEqual(count(100));
    expect(Math.max(...batches.map(({ length }) => length))).toBe(30);
    await until(
      'all are committed',
      async () => (await groupLag(messaging.kafka, 'g', [messaging.topic], { timeoutMs: 10_000 })) === 0,
    );
  });

  test('hands out an event once that was sent twice', async () => {
    const given = things(10);
    await sendAll(messaging.kafka, [...given, ...given]);
    start();
    await until('all are handled', async () => numbers().length >= 10);
    expect(batches).toHaveLength(1);
    expect(numbers()).toEqual(count(10));
  });

  test('tries a batch again that fails, as a whole', async () => {
    let failures = 2;
    const { outcomes } = start({
      handleBatch: async (events) => {
        failures -= 1;
        if (failures >= 0) throw new Error('not now');
        batches.push(events);
      },
    });
    await sendAll(messaging.kafka, things(20));
    await until('all are handled', async () => numbers().length === 20);
    expect(numbers()).toEqual(count(20));
    expect([await outcomes('handled'), await outcomes('dead-letter')]).toEqual([20, 0]);
  });

  test('makes dead letters of the poisoned events alone, and handles all others once', async () => {
    const poisoned = new Set([7, 23]);
    const sent = things(60);
    await sendAll(messaging.kafka, sent);
    const { outcomes } = start({
      attempts: 2,
      batchSize: 25,
      handleBatch: async (events) => {
        const bad = events.find(({ data }) => poisoned.has(data.n));
        if (bad) throw new Error(`poison ${bad.data.n}`);
        batches.push(events);
      },
    });
    await until('the others are handled', async () => numbers().length === 58, 60_000);
    expect(numbers()).toEqual(count(60).filter((n) => !poisoned.has(n)));
    expect(batches.at(-1)?.length).toBeGreaterThan(1);
    const letters = await allIn(messaging.kafka, deadLetterTopicOf(messaging.topic));
    expect(letters.map(({ headers }) => [headers.ce_id, headers['dlq-error'], headers['dlq-attempts']])).toEqual([
      [sent[7]?.id, 'poison 7', '2'],
      [sent[23]?.id, 'poison 23', '2'],
    ]);
    expect([await outcomes('handled'), await outcomes('dead-letter')]).toEqual([58, 2]);
  });

  test('records a span for each event in its own trace, and one for the batch; they name each other', async () => {
    const traces = count(3).map((n) => `0af7651916cd43dd8448eb211c80319${n}`);
    await sendAll(
      messaging.kafka,
      traces.map((trace, n) => aThing(messaging.topic, 'k', n, { traceparent: `00-${trace}-b7ad6b7169203331-01` })),
    );
    start();
    await until('all are handled', async () => numbers().length === 3);
    const named = (name: string) => spans.getFinishedSpans().filter((span) => span.name === name);
    const events = await until('the spans have ended', async () => {
      const ended = named(`consume ${messaging.topic}`);
      return ended.length === 3 && ended;
    });
    const [batch] = named('consume batch');
    const idsOf = (all: typeof events) => all.map((span) => span.spanContext().spanId).sort();
    expect(events.map((span) => span.spanContext().traceId).sort()).toEqual(traces);
    expect(batch?.links.map(({ context }) => context.spanId).sort()).toEqual(idsOf(events));
    expect(batch?.parentSpanContext).toBeUndefined();
    for (const { links } of events) expect(links.map(({ context }) => context)).toEqual([batch?.spanContext()]);
  });

  test('handles a batch of one inside the event’s own span', async () => {
    start();
    await sendAll(messaging.kafka, things(1));
    await until('the span has ended', async () => spans.getFinishedSpans().length > 0);
    expect(spans.getFinishedSpans().map(({ name }) => name)).toEqual([`consume ${messaging.topic}`]);
  });
});
