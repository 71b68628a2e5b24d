import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { sampleOf } from '../../database/testing/test-database.ts';
import { DomainError } from '../../domain-error.ts';
import { recordSpans } from '../../telemetry/testing/record-spans.ts';
import { deadLetterTopicOf } from '../dead-letters/dead-letter-topic-of.ts';
import type { TypedEvent } from '../event.ts';
import {
  allIn,
  aThing,
  ensureDeadLetters,
  sendAll,
  type Thing,
  testConsuming,
  thingsSetup,
} from '../testing/test-consuming.ts';
import type { TestMessaging } from '../testing/test-messaging.ts';
import { ensureTopics } from '../topics/ensure-topics.ts';
import { groupLag } from '../topics/group-lag.ts';
import { type ConsumerOptions, createConsumer } from './create-consumer.ts';

const spans = recordSpans();
let messaging: TestMessaging;
let handled: TypedEvent<Thing>[];

beforeEach(async () => {
  messaging = await testConsuming(3);
  handled = [];
});
afterEach(() => messaging.close());

function start(more: Partial<ConsumerOptions<Thing>> = {}, kafka = messaging.again()) {
  const setup = {
    ...thingsSetup({ ...messaging, kafka }),
    handle: async (event: TypedEvent<Thing>) => void handled.push(event),
  };
  const stop = messaging.start(createConsumer({ ...setup, ...more }));
  const outcomes = (outcome: string, group = 'g') =>
    sampleOf(setup.metrics, 'consumer_messages_total', { outcome, group });
  return { metrics: setup.metrics, stop, outcomes };
}

const things = (keys: string[], count: number) =>
  Array.from({ length: count }, (_, n) => keys.map((key) => aThing(messaging.topic, key, n))).flat();
const send = (messages: Parameters<typeof sendAll>[1]) => sendAll(messaging.kafka, messages);
const numbersOf = (key: string) => handled.filter((event) => event.key === key).map(({ data }) => data.n);
const count = (length: number) => Array.from({ length }, (_, n) => n);
const deadLetters = () => allIn(messaging.kafka, deadLetterTopicOf(messaging.topic));
const lag = () => groupLag(messaging.kafka, 'g', [messaging.topic], { timeoutMs: 10_000 });

describe('a consumer', () => {
  test('handles the events of each key in their order, several keys at once, though some fail', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const failOnce = new Set<string>();
    let atOnce = 0;
    let most = 0;
    start({
      keysAtOnce: 4,
      handle: async (event) => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await pause(event.data.n % 3);
        atOnce -= 1;
        if (event.data.n % 7 === 3 && !failOnce.has(event.id)) {
          failOnce.add(event.id);
          throw new Error('not now');
        }
        handled.push(event);
      },
    });
    await send(things(keys, 40));
    await until('all are handled', async () => handled.length === keys.length * 40, 60_000);
    for (const key of keys) expect(numbersOf(key)).toEqual(count(40));
    expect(most).toBeGreaterThan(1);
  });

  test('keeps only those of its own key waiting while an event is tried again', async () => {
    const stuck = Promise.withResolvers<void>();
    start({
      handle: async (event) => {
        if (event.key === 'a' && event.data.n === 1) await stuck.promise;
        handled.push(event);
      },
    });
    await send(things(['a', 'b', 'c'], 5));
    await until('the others are handled', async () => numbersOf('b').length + numbersOf('c').length === 10);
    expect(numbersOf('a')).toEqual([0]);
    expect(await lag()).toBeGreaterThan(0);
    stuck.resolve();
    await until('all are handled', async () => handled.length === 15);
    await until('all are committed', async () => (await lag()) === 0);
  });

  test('makes a dead letter of an event that fails too often, with all that came with it, and goes on', async () => {
    const { outcomes } = start({
      attempts: 2,
      handle: async (event) => {
        if (event.data.n === 2) throw new TypeError('poison');
        handled.push(event);
      },
    });
    const sent = things(['k'], 5).map((each) => ({ ...each, headers: { ...each.headers, own: 'kept' } }));
    await send(sent);
    await until('the others are handled', async () => handled.length === 4);
    expect(numbersOf('k')).toEqual([0, 1, 3, 4]);
    const [letter, ...more] = await deadLetters();
    expect(more).toEqual([]);
    expect(letter).toMatchObject({
      key: 'k',
      value: '{"n":2}',
      headers: {
        ...sent[2]?.headers,
        'dlq-topic': messaging.topic,
        'dlq-partition': expect.stringMatching(/^\d$/),
        'dlq-offset': '2',
        'dlq-group': 'g',
        'dlq-error': 'poison',
        'dlq-error-name': 'TypeError',
        'dlq-attempts': '2',
        'dlq-failed-at': expect.stringMatching(/^20.*Z$/),
      },
    });
    expect([await outcomes('handled'), await outcomes('failed'), await outcomes('dead-letter')]).toEqual([4, 2, 1]);
  });

  test('never gives up an event that fails because something is away', async () => {
    let failures = 0;
    const { outcomes } = start({
      attempts: 3,
      handle: async (event) => {
        failures += 1;
        if (failures <= 8) throw new DomainError('unavailable', 'away', 'It is away.');
        handled.push(event);
      },
    });
    await send(things(['k'], 1));
    await until('it is handled', async () => handled.length === 1, 60_000);
    expect([await outcomes('failed'), await outcomes('dead-letter')]).toEqual([8, 0]);
    expect(await deadLetters()).toEqual([]);
  });

  test('tries an event again whose dead letter cannot be written', async () => {
    const dead = messaging.kafka.nameOf(deadLetterTopicOf(messaging.topic));
    await messaging.admin.deleteTopics({ topics: [dead] });
    await until('there is no place for dead letters', async () => !(await messaging.admin.listTopics()).includes(dead));
    let attempts = 0;
    const { outcomes } = start({
      attempts: 1,
      handle: async (event) => {
        if (event.data.n === 0) {
          attempts += 1;
          throw new Error('poison');
        }
        handled.push(event);
      },
    });
    await send(things(['k'], 2));
    await until('it is tried again', async () => attempts >= 2, 60_000);
    expect(handled).toEqual([]);
    expect(await outcomes('dead-letter')).toBe(0);
    await ensureDeadLetters(messaging);
    await until('the next is handled', async () => handled.length === 1, 60_000);
    expect(await deadLetters()).toHaveLength(1);
  });

  test('makes a dead letter at once of what cannot be read', async () => {
    const { outcomes } = start();
    const topic = messaging.topic;
    const strange = aThing(topic, 'k', 1);
    await send([{ topic, key: 'k', value: 'no event' }, { ...strange, value: '{"n":"one"}' }, ...things(['k'], 2)]);
    await until('the events are handled', async () => handled.length === 2);
    const letters = await deadLetters();
    expect(letters.map(({ value }) => value)).toEqual(['no event', '{"n":"one"}']);
    expect(letters[1]?.headers).toMatchObject({ ce_id: strange.id, 'dlq-attempts': '1', 'dlq-error-name': 'ZodError' });
    expect([await outcomes('handled'), await outcomes('failed'), await outcomes('dead-letter')]).toEqual([2, 0, 2]);
  });

  test('passes over what was sent again for another group', async () => {
    const { outcomes } = start();
    const topic = messaging.topic;
    await send([
      aThing(topic, 'k', 0, { 'replay-for': 'other' }),
      aThing(topic, 'k', 1, { 'replay-for': 'g' }),
      aThing(topic, 'k', 2),
    ]);
    await until('the others are handled', async () => handled.length === 2);
    expect(numbersOf('k')).toEqual([1, 2]);
    expect(await outcomes('not-ours')).toBe(1);
  });

  test('that ended in the middle of an event gets it again', async () => {
    const begun = Promise.withResolvers<void>();
    const { stop } = start({
      handle: async (event) => {
        handled.push(event);
        begun.resolve();
        await new Promise(() => undefined);
      },
    });
    await send(things(['k'], 5));
    await begun.promise;
    await stop();
    expect(numbersOf('k')).toEqual([0]);
    handled = [];
    start();
    await until('all arrive', async () => handled.length === 5);
    expect(numbersOf('k')).toEqual(count(5));
  });

  test('reads several topics', async () => {
    await ensureTopics(messaging.kafka, [{ name: 'more-things', partitions: 1, replication: 3, minInSync: 2 }]);
    start({ topics: [messaging.topic, 'more-things'] });
    await send([aThing(messaging.topic, 'a', 0), aThing('more-things', 'a', 1)]);
    await until('both are handled', async () => handled.length === 2);
    expect(new Set(handled.map(({ topic }) => topic))).toEqual(new Set([messaging.topic, 'more-things']));
  });

  test('shows how far it is behind, and the age of what it is stuck with', async () => {
    const stuck = Promise.withResolvers<void>();
    const { metrics } = start({ handle: () => stuck.promise });
    const oldest = () => sampleOf(metrics, 'consumer_oldest_unhandled_seconds', { topic: messaging.topic, group: 'g' });
    const behind = () => sampleOf(metrics, 'consumer_lag_messages', { topic: messaging.topic, group: 'g' });
    expect(await oldest()).toBe(0);
    const ce_time = new Date(Date.now() - 60_000).toISOString();
    await send(count(3).map((n) => aThing(messaging.topic, 'k', n, { ce_time })));
    await until('it is stuck', async () => (await oldest()) >= 60);
    expect(await behind()).toBe(3);
    stuck.resolve();
    await until('it is done', async () => (await oldest()) === 0 && (await behind()) === 0);
  });

  test('handles an event in a span that goes on with the trace of its cause', async () => {
    start();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await send([aThing(messaging.topic, 'k', 0, { traceparent })]);
    const span = await until('it is handled', async () =>
      spans.getFinishedSpans().find(({ name }) => name === `consume ${messaging.topic}`),
    );
    expect(span.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(span.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
  });
});
