import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { createConsumer } from '../consumer/create-consumer.ts';
import { aThing, sendAll, thingsSetup } from '../testing/test-consuming.ts';
import { type TestMessaging, testMessaging } from '../testing/test-messaging.ts';
import { deadLetterTopic, ensureTopics } from './ensure-topics.ts';
import { groupLag } from './group-lag.ts';
import { readTopics } from './read-topics.ts';
import type { StoredMessage } from './stored-message.ts';

let messaging: TestMessaging;

beforeEach(async () => {
  messaging = await testMessaging(6);
});
afterEach(() => messaging.close());

const timeoutMs = 20_000;

async function read(topics = [messaging.topic], kafka = messaging.kafka): Promise<StoredMessage[]> {
  const found: StoredMessage[] = [];
  await readTopics(kafka, topics, (message) => void found.push(message), { timeoutMs });
  return found;
}

describe('reading topics', () => {
  test('finds all there was when it began, in the order of each partition, and empty partitions too', async () => {
    const sent = Array.from({ length: 500 }, (_, n) => aThing(messaging.topic, `k${n % 2}`, n, { own: '머리' }));
    await sendAll(messaging.kafka, sent);
    const found = await read();
    expect(found).toHaveLength(500);
    expect(new Set(found.map(({ partition }) => partition)).size).toBeLessThanOrEqual(2);
    for (const key of ['k0', 'k1']) {
      const values = (all: readonly { key?: unknown; value: unknown }[]) =>
        all.filter((each) => each.key === key).map(({ value }) => value);
      expect(values(found)).toEqual(values(sent));
    }
    expect(found[0]).toMatchObject({ topic: messaging.topic, offset: '0', headers: { own: '머리' } });
    expect(Math.abs(Date.now() - Number(found[0]?.timestamp))).toBeLessThan(60_000);
  });

  test('ends at once when there is nothing, and does not wait for what comes later', async () => {
    expect(await read()).toEqual([]);
    await sendAll(messaging.kafka, [aThing(messaging.topic, 'k', 0)]);
    const found: StoredMessage[] = [];
    const take = (message: StoredMessage) => {
      found.push(message);
      void sendAll(messaging.again(), [aThing(messaging.topic, 'k', 1)]);
    };
    await readTopics(messaging.kafka, [messaging.topic], take, { timeoutMs });
    expect(found).toHaveLength(1);
  });

  test('does not wait for offsets that are no messages: markers, and what was aborted', async () => {
    const topic = messaging.kafka.nameOf(messaging.topic);
    const producer = messaging.kafka.client.producer({
      transactionalId: messaging.kafka.nameOf('t'),
      idempotent: true,
      maxInFlightRequests: 1,
      retry: { retries: 5 },
    });
    await producer.connect();
    for (const end of ['commit', 'abort'] as const) {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [0, 1, 2].map((partition) => ({ partition, value: end })) });
      await transaction[end]();
    }
    await producer.disconnect();
    expect((await read()).map(({ value }) => value)).toEqual(['commit', 'commit', 'commit']);
  });

  test('finds what is left of partitions whose beginning was taken away, or all of it', async () => {
    const topic = messaging.kafka.nameOf(messaging.topic);
    const producer = messaging.kafka.client.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const messages = [0, 1].flatMap((partition) => ['a', 'b', 'c'].map((value) => ({ partition, value })));
    await producer.send({ topic, messages });
    await producer.disconnect();
    const partitions = [
      { partition: 0, offset: '2' },
      { partition: 1, offset: '3' },
    ];
    // A partition that another broker leads since then has its beginning back.
    await until('the beginnings to be gone', async () => {
      // kafkajs deletes only in topics that it has been asked about before.
      await messaging.admin.fetchTopicOffsets(topic);
      await messaging.admin.deleteTopicRecords({ topic, partitions });
      const found = await messaging.admin.fetchTopicOffsets(topic);
      return partitions.every(({ partition, offset }) =>
        found.some((at) => at.partition === partition && at.low === offset),
      );
    });
    expect((await read()).map(({ partition, value }) => [partition, value])).toEqual([[0, 'c']]);
  });

  test('leaves no group behind', async () => {
    await sendAll(messaging.kafka, [aThing(messaging.topic, 'k', 0)]);
    await read();
    const { groups } = await messaging.admin.listGroups();
    const prefix = messaging.kafka.nameOf('');
    expect(groups.filter(({ groupId }) => groupId.startsWith(prefix))).toEqual([]);
  });

  test('names what is missing when its time is up', async () => {
    await sendAll(messaging.kafka, [aThing(messaging.topic, 'k', 0)]);
    const reading = readTopics(messaging.kafka, [messaging.topic], () => undefined, { timeoutMs: 1 });
    await expect(reading).rejects.toThrow(new RegExp(`not read to the end within 1 ms: ${messaging.topic}`));
  });

  test('rejects with what the reader throws, or when it is called off', async () => {
    await sendAll(messaging.kafka, [aThing(messaging.topic, 'k', 0)]);
    const refuse = () => {
      throw new Error('enough');
    };
    await expect(readTopics(messaging.kafka, [messaging.topic], refuse, { timeoutMs })).rejects.toThrow('enough');
    const signal = AbortSignal.abort(new Error('called off'));
    const calledOff = readTopics(messaging.kafka, [messaging.topic], () => undefined, { timeoutMs, signal });
    await expect(calledOff).rejects.toThrow('called off');
  });
});

describe('the lag of a group', () => {
  const lag = () => groupLag(messaging.kafka, 'g', [messaging.topic], { timeoutMs });

  test('is all there is before the group has committed, then what is left, then nothing', async () => {
    expect(await lag()).toBe(0);
    const things = (count: number) => Array.from({ length: count }, (_, n) => aThing(messaging.topic, `k${n % 4}`, n));
    await sendAll(messaging.kafka, things(100));
    expect(await lag()).toBe(100);
    const stop = messaging.start(
      createConsumer({ ...thingsSetup({ ...messaging, kafka: messaging.again() }), handle: async () => undefined }),
    );
    await until('nothing is left', async () => (await lag()) === 0);
    await stop();
    await sendAll(messaging.kafka, things(30));
    expect(await lag()).toBe(30);
  });
});

describe('topics', () => {
  test('are made once when several processes make them at once, and keep messages for as long as they are told', async () => {
    const things = { name: 'new-things', partitions: 2, replication: 3, minInSync: 2, retentionDays: 3 };
    const topics = [things, deadLetterTopic(things), { ...things, name: 'other-things' }];
    await Promise.all([0, 1, 2, 3].map((n) => ensureTopics(messaging.again(), n % 2 ? topics : topics.toReversed())));
    await ensureTopics(messaging.kafka, topics);
    const names = topics.map(({ name }) => messaging.kafka.nameOf(name));
    const { topics: made } = await messaging.admin.fetchTopicMetadata({ topics: names });
    expect(made.map(({ name, partitions }) => [name, partitions.length])).toEqual(
      expect.arrayContaining(names.map((name) => [name, name.endsWith('.dlq') ? 1 : 2])),
    );
    const day = 86_400_000;
    for (const [name, days] of [
      ['new-things', 3],
      ['new-things.dlq', 30],
    ] as const) {
      const { resources } = await messaging.admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: 2, name: messaging.kafka.nameOf(name) }],
      });
      const settings = new Map(resources[0]?.configEntries.map((entry) => [entry.configName, entry.configValue]));
      expect(settings.get('retention.ms')).toBe(String(days * day));
      expect(settings.get('segment.ms')).toBe(String(day));
      expect(settings.get('min.insync.replicas')).toBe('2');
    }
  });
});
