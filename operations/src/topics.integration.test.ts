import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from '@jest/globals';
import { topics } from '@onsale/contracts';
import { openKafka } from '@onsale/platform/messaging';
import { finish, sharedServers, startCommand } from '@onsale/tests/support';
import { pino } from 'pino';

const env = {
  KAFKA_BROKERS: sharedServers().brokers.join(','),
  KAFKA_TOPIC_PREFIX: `test-${randomUUID().slice(0, 8)}-`,
  KAFKA_TOPIC_PARTITIONS: '2',
};
const admin = openKafka(env, pino({ level: 'silent' })).client.admin();
const ownTopics = async () => (await admin.listTopics()).filter((name) => name.startsWith(env.KAFKA_TOPIC_PREFIX));
const run = (more: Record<string, string> = {}) =>
  finish(startCommand('operations/src/topics.ts', [], { ...env, ...more }), 40_000);

afterAll(async () => {
  await admin.deleteTopics({ topics: await ownTopics() });
  await admin.disconnect();
});

test('topics makes every topic with its dead letters, once', async () => {
  await admin.connect();
  const first = await run();
  expect(first.code).toBe(0);
  const names = topics.flatMap((name) => [name, `${name}.dlq`]).map((name) => env.KAFKA_TOPIC_PREFIX + name);
  expect((await ownTopics()).sort()).toEqual(names.sort());
  expect(first.output).toContain(`created ${env.KAFKA_TOPIC_PREFIX}order-completed: 2 partitions, 3 copies each\n`);
  expect(first.output).toContain(`created ${env.KAFKA_TOPIC_PREFIX}order-completed.dlq: 1 partition, 3 copies each\n`);
  expect(first.output).toMatch(new RegExp(`\\n${names.length} topics, ${names.length} of them new\\n$`));
  const { topics: found } = await admin.fetchTopicMetadata({ topics: names });
  expect(found.map(({ partitions }) => partitions.length).sort()).toEqual(
    [...names].map((_, n) => (n < names.length / 2 ? 1 : 2)),
  );
  expect(await run()).toEqual({ code: 0, output: `${names.length} topics, 0 of them new\n` });
});

test.each([
  [
    'too few brokers',
    { KAFKA_TOPIC_REPLICATION: '4', TOPICS_WAIT_SECONDS: '0' },
    /^topics: Kafka was not ready within 0 s: 3 of 4 brokers serve\n$/,
  ],
  [
    'brokers that are away',
    { KAFKA_BROKERS: '127.0.0.1:1', TOPICS_WAIT_SECONDS: '0' },
    /^topics: Kafka was not ready within 0 s: .*ECONNREFUSED.*\n$/,
  ],
  [
    'fewer copies than must be in sync',
    { KAFKA_TOPIC_REPLICATION: '1' },
    /^topics: KAFKA_TOPIC_MIN_IN_SYNC: must be at most KAFKA_TOPIC_REPLICATION\n$/,
  ],
])('topics ends with 2 and one line on %s', async (_, more, output) => {
  const ended = await run(more);
  expect(ended.output).toMatch(output);
  expect(ended.code).toBe(2);
});
