import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { Registry } from 'prom-client';
import { createConsumer } from '../consumer/create-consumer.ts';
import { createSender, type OutgoingMessage } from '../kafka/create-sender.ts';
import { silent, type TestMessaging, testMessaging } from '../testing/test-messaging.ts';
import { ensureTopics } from '../topics/ensure-topics.ts';
import { readTopics } from '../topics/read-topics.ts';
import type { StoredMessage } from '../topics/stored-message.ts';
import { deadLetterTopicOf } from './dead-letter-topic-of.ts';
import { deadLetterTopics } from './dead-letter-topics.ts';
import { fetchDeadLetters } from './fetch-dead-letters.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { replayDeadLetters } from './replay-dead-letters.ts';

const within = { timeoutMs: 20_000 };

let messaging: TestMessaging;
let topic: string;
let dlq: string;

beforeEach(async () => {
  messaging = await testMessaging(3);
  ({ topic } = messaging);
  dlq = deadLetterTopicOf(topic);
  await ensureTopics(messaging.kafka, [{ name: dlq, partitions: 3, replication: 3, minInSync: 2 }]);
});
afterEach(() => messaging.close());

async function send(messages: readonly OutgoingMessage[]): Promise<void> {
  const sender = createSender(messaging.kafka);
  await sender.send(messages);
  await sender.close();
}

async function messagesIn(name: string): Promise<StoredMessage[]> {
  const found: StoredMessage[] = [];
  await readTopics(messaging.kafka, [name], (message) => void found.push(message), within);
  return found;
}

const eventHeaders = (id: string) => ({
  ce_specversion: '1.0',
  ce_id: id,
  ce_type: 'thing-happened',
  ce_source: 'tests',
  ce_time: '2026-01-31T09:00:00.000Z',
  'content-type': 'application/json',
});

const letterHeaders = (group: string) => ({
  'dlq-topic': topic,
  'dlq-partition': '1',
  'dlq-offset': '7',
  'dlq-group': group,
  'dlq-error': 'no such thing',
  'dlq-error-name': 'TypeError',
  'dlq-attempts': '5',
  'dlq-failed-at': '2026-01-31T09:00:05.000Z',
});

const letter = (id: string, group: string, key = 'k'): OutgoingMessage => ({
  topic: dlq,
  key,
  value: JSON.stringify({ id }),
  headers: { ...eventHeaders(id), ...letterHeaders(group) },
});

const list = () => listDeadLetters(messaging.kafka, [topic], within);

describe('dead letters', () => {
  test('are found by their topics and listed with why they failed', async () => {
    expect(await deadLetterTopics(messaging.kafka, within)).toEqual([topic]);
    expect(await list()).toEqual({ letters: [], unlisted: 0, strange: 0 });
    await send([letter('e-1', 'g'), letter('e-2', 'h')]);
    const { letters } = await list();
    expect(letters).toMatchObject([
      { topic, offset: '0', group: 'g', attempts: 5, errorName: 'TypeError', error: 'no such thing', eventId: 'e-1' },
      { topic, offset: '1', group: 'h', failedAt: new Date('2026-01-31T09:00:05Z'), replayedAt: undefined },
    ]);
  });

  test('that name another topic, or none, are told of and never sent anywhere', async () => {
    const elsewhere = { ...letter('e-1', 'g'), headers: { ...letterHeaders('g'), 'dlq-topic': 'payments' } };
    await send([elsewhere, { topic: dlq, key: 'k', value: 'no dead letter' }]);
    expect(await list()).toEqual({ letters: [], unlisted: 0, strange: 2 });
  });

  test('are replayed as the messages they were, for their group, and then known as replayed', async () => {
    await send(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => letter(`e-${key}`, 'g', key)));
    const { letters } = await list();
    const { replayed, gone } = await replayDeadLetters(messaging.kafka, topic, letters, within);
    expect({ replayed: replayed.length, gone }).toEqual({ replayed: 6, gone: 0 });
    const back = await messagesIn(topic);
    expect(back).toHaveLength(6);
    for (const { key, value, headers } of back) {
      const id = `e-${key}`;
      expect(JSON.parse(value ?? '')).toEqual({ id });
      expect(headers).toEqual({ ...eventHeaders(id), 'replay-for': 'g' });
    }
    const after = await list();
    expect(after.letters.map(({ eventId }) => eventId)).toEqual(letters.map(({ eventId }) => eventId));
    expect(after.letters.every(({ replayedAt }) => replayedAt instanceof Date)).toBe(true);
    expect(after).toMatchObject({ strange: 0, unlisted: 0 });
  });

  test('of which one is replayed leave the others as they are', async () => {
    await send([letter('e-1', 'g'), letter('e-2', 'g'), letter('e-3', 'g')]);
    const [, second] = (await list()).letters;
    await replayDeadLetters(messaging.kafka, topic, second ? [second] : [], within);
    expect((await list()).letters.map(({ replayedAt }) => replayedAt !== undefined)).toEqual([false, true, false]);
    expect((await messagesIn(topic)).map(({ headers }) => headers.ce_id)).toEqual(['e-2']);
  });

  test('are had whole, in the order asked for, without those that are gone', async () => {
    await send([letter('e-1', 'g'), letter('e-2', 'g')]);
    const { letters } = await list();
    const [first] = letters;
    const gone = first ? [{ ...first, offset: '99' }] : [];
    const messages = await fetchDeadLetters(messaging.kafka, topic, [...letters, ...gone].reverse(), within);
    expect(messages.map(({ headers }) => headers.ce_id)).toEqual(['e-2', 'e-1']);
  });

  test('whose brokers do not answer in time are refused', async () => {
    const refusal = deadLetterTopics(messaging.kafka, { timeoutMs: 1 });
    await expect(refusal).rejects.toMatchObject({ kind: 'unavailable', code: 'kafka-unavailable' });
  });
});

describe('an event that one group cannot handle and another can', () => {
  test('goes to the one that failed alone when it is replayed', async () => {
    const had: Record<string, string[]> = { failing: [], content: [] };
    let broken = true;
    for (const group of ['failing', 'content']) {
      messaging.start(
        createConsumer({
          kafka: messaging.again(),
          log: silent,
          metrics: new Registry(),
          group,
          topics: [topic],
          part: group,
          attempts: 2,
          random: () => 0,
          parse: ({ data }) => data,
          async handle({ id }) {
            if (group === 'failing' && broken) throw new TypeError('not this one');
            had[group]?.push(id);
          },
        }),
      );
    }
    const event = (id: string) => ({ topic, key: 'k', value: '{"n":1}', headers: eventHeaders(id) });
    await send([event('e-1')]);
    const letters = await until('it is a dead letter', async () => {
      const found = await list();
      return found.letters.length > 0 && found.letters;
    });
    expect(letters).toMatchObject([{ group: 'failing', eventId: 'e-1', attempts: 2, errorName: 'TypeError' }]);
    expect(had).toEqual({ failing: [], content: ['e-1'] });

    broken = false;
    await replayDeadLetters(messaging.kafka, topic, letters, within);
    // Behind the replayed one in its partition: whoever has had it has passed the replayed one.
    await send([event('e-2')]);
    await until('both have had the event behind it', async () =>
      Object.values(had).every((events) => events.includes('e-2')),
    );
    expect(had).toEqual({ failing: ['e-1', 'e-2'], content: ['e-1', 'e-2'] });
  });
});
