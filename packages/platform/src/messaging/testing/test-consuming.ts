import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { z } from 'zod';
import type { ConsumerSetup } from '../consumer/consumer-setup.ts';
import type { ReceivedEvent } from '../event.ts';
import { createSender, type OutgoingMessage } from '../kafka/create-sender.ts';
import type { KafkaConnection } from '../kafka/open-kafka.ts';
import { deadLetterTopic, ensureTopics } from '../topics/ensure-topics.ts';
import { readTopics } from '../topics/read-topics.ts';
import type { StoredMessage } from '../topics/stored-message.ts';
import { silent, type TestMessaging, testMessaging } from './test-messaging.ts';

export interface Thing {
  readonly n: number;
}

const thing = z.object({ n: z.int() });

export const parseThing = ({ data }: ReceivedEvent): Thing => thing.parse(data);

/** What a consumer of the test's topic is made with; retries pause as short as they may. */
export function thingsSetup(
  { kafka, topic }: Pick<TestMessaging, 'kafka' | 'topic'>,
  group = 'g',
): ConsumerSetup<Thing> {
  const metrics = new Registry();
  return { kafka, log: silent, metrics, group, topics: [topic], part: 'things', parse: parseThing, random: () => 0 };
}

export interface Sent extends OutgoingMessage {
  readonly id: string;
  readonly key: string;
  readonly n: number;
}

/** An event as the relay would send it. */
export function aThing(topic: string, key: string, n: number, headers: Record<string, string> = {}): Sent {
  const id = randomUUID();
  const own = { ce_id: id, ce_type: 'thing-happened', ce_source: 'tests', ce_time: new Date().toISOString() };
  return { id, n, topic, key, value: JSON.stringify({ n }), headers: { ...own, ...headers } };
}

export async function sendAll(kafka: KafkaConnection, messages: readonly OutgoingMessage[]): Promise<void> {
  const sender = createSender(kafka);
  try {
    await sender.send(messages);
  } finally {
    await sender.close();
  }
}

export async function allIn(kafka: KafkaConnection, topic: string): Promise<StoredMessage[]> {
  const messages: StoredMessage[] = [];
  await readTopics(kafka, [topic], (message) => void messages.push(message), { timeoutMs: 20_000 });
  return messages;
}

/** The test's topic and the one for its dead letters. */
export async function testConsuming(partitions: number): Promise<TestMessaging> {
  const messaging = await testMessaging(partitions);
  await ensureDeadLetters(messaging);
  return messaging;
}

export const ensureDeadLetters = ({ kafka, topic: name }: TestMessaging): Promise<string[]> =>
  ensureTopics(kafka, [deadLetterTopic({ name, partitions: 3, replication: 3, minInSync: 2 })]);
