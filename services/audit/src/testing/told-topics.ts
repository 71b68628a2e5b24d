import { randomUUID } from 'node:crypto';
import { topics } from '@onsale/contracts';
import { ensureTopics, groupLag, type KafkaConnection } from '@onsale/platform/messaging';
import { sharedServers, until } from '@onsale/tests/support';
import { connectKafka } from '../outside/connect-kafka.ts';
import { orderTopics, SENDER, STATISTICS } from '../outside/consumers.ts';
import type { KafkaAccess } from '../outside/kafka-access.ts';

/** A message as the relay would send it. */
export interface ToldMessage {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** Real topics under a prefix of their own, that hold what a test wants them to. */
export interface ToldTopics {
  access(): KafkaAccess;
  /** Makes the topics hold exactly these; every consumer has handled them. */
  hold(messages: readonly ToldMessage[]): Promise<void>;
  /** Sends more, which nobody has handled. */
  add(messages: readonly ToldMessage[]): Promise<void>;
  close(): Promise<void>;
}

async function send({ client, nameOf }: KafkaConnection, messages: readonly ToldMessage[]): Promise<void> {
  const producer = client.producer({ allowAutoTopicCreation: false, idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const byTopic = [...Map.groupBy(messages, ({ topic }) => topic)];
  await producer.sendBatch({
    topicMessages: byTopic.map(([topic, ofTopic]) => ({
      topic: nameOf(topic),
      messages: ofTopic.map(({ key, value, headers, time }) => ({ key, value, headers, timestamp: String(time) })),
    })),
  });
  await producer.disconnect();
}

/** As the group would have done by now. */
async function handleAll(kafka: KafkaConnection, group: string): Promise<void> {
  const consumer = kafka.client.consumer({ groupId: kafka.nameOf(group), maxWaitTimeInMs: 50 });
  await consumer.connect();
  const subscription = { topics: orderTopics.map(kafka.nameOf), fromBeginning: true };
  // A broker may not have heard yet of topics that another has just made.
  await until('every broker to know the topics', () =>
    consumer.subscribe(subscription).then(
      () => true,
      () => false,
    ),
  );
  await consumer.run({ autoCommitThreshold: 1, eachMessage: async () => undefined });
  await until(`${group} to have handled all`, async () => {
    return (await groupLag(kafka, group, orderTopics, { timeoutMs: 5_000 })) === 0;
  });
  await consumer.disconnect();
}

async function remove({ client, nameOf }: KafkaConnection): Promise<void> {
  const admin = client.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: topics.map(nameOf) });
  await admin.disconnect();
}

/** Topics on the shared brokers. What they hold cannot be taken back: other messages make other topics. */
export function toldTopics(): ToldTopics {
  let current: { readonly access: KafkaAccess; readonly kafka: KafkaConnection; held: string } | undefined;
  const close = async () => {
    const held = current;
    current = undefined;
    if (held) await remove(held.kafka);
  };
  return {
    access: () => {
      if (current === undefined) throw new Error('the topics hold nothing yet');
      return current.access;
    },
    hold: async (messages) => {
      const held = JSON.stringify(messages);
      if (current?.held === held) return;
      await close();
      const access = { brokers: sharedServers().brokers, topicPrefix: `audit-${randomUUID().slice(0, 8)}.` };
      const kafka = connectKafka(access);
      await ensureTopics(
        kafka,
        topics.map((name) => ({ name, partitions: 2, replication: 1, minInSync: 1 })),
      );
      current = { access, kafka, held };
      if (messages.length > 0) await send(kafka, messages);
      await Promise.all([STATISTICS, SENDER].map((group) => handleAll(kafka, group)));
    },
    add: async (messages) => {
      if (current === undefined) throw new Error('the topics hold nothing yet');
      current.held = 'more';
      await send(current.kafka, messages);
    },
    close,
  };
}
