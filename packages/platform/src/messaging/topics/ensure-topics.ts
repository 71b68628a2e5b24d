import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { deadLetterTopicOf } from '../dead-letters/dead-letter-topic-of.ts';
import type { KafkaConnection } from '../kafka/open-kafka.ts';

export interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;
  readonly minInSync: number;
  /** How long messages are kept at least, in days; they go a segment of a day at a time. 7 unless given. */
  readonly retentionDays?: number;
}

const dayMs = 86_400_000;
const usualDays = 7;
const deadLetterDays = 30;
const withinMs = 10_000;
const lookAgainMs = 100;

/**
 * The topic that goes with a topic for what a consumer cannot handle. One partition: dead letters are few, and whoever
 * looks at them sees them in the order in which they came. They are kept for long enough that somebody looks.
 */
export const deadLetterTopic = (topic: Topic): Topic => ({
  ...topic,
  name: deadLetterTopicOf(topic.name),
  partitions: 1,
  retentionDays: Math.max(deadLetterDays, topic.retentionDays ?? 0),
});

/**
 * Creates the topics that are missing, and waits until they can be used; those that exist stay as they are. Several
 * processes may do so at once. Gives the names of those that were missing.
 */
export async function ensureTopics(kafka: KafkaConnection, topics: readonly Topic[]): Promise<string[]> {
  const admin = kafka.client.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !existing.has(kafka.nameOf(name)));
    if (missing.length === 0) return [];
    // Answers false when another process has created some of them meanwhile; the others are created all the same.
    await admin.createTopics({
      // kafkajs's own wait ends by an error when a broker has not heard of a topic yet.
      waitForLeaders: false,
      timeout: withinMs,
      topics: missing.map((topic) => ({
        topic: kafka.nameOf(topic.name),
        numPartitions: topic.partitions,
        replicationFactor: topic.replication,
        configEntries: settingsOf(topic),
      })),
    });
    await untilLed(
      admin,
      missing.map(({ name }) => kafka.nameOf(name)),
    );
    return missing.map(({ name }) => name);
  } finally {
    await admin.disconnect();
  }
}

/** Waits until each partition of the topics has a leader. @throws what the brokers said last, when they need too long */
async function untilLed(admin: Pick<Admin, 'fetchTopicMetadata'>, names: string[]): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  for (;;) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: names });
      const leaderless = topics.filter(({ partitions }) => partitions.some(({ leader }) => leader < 0));
      if (topics.length === names.length && leaderless.length === 0) return;
      throw new Error(`without a leader: ${leaderless.map(({ name }) => name).join(', ')}`);
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await delay(lookAgainMs);
    }
  }
}

const settingsOf = ({ minInSync, retentionDays = usualDays }: Topic) => [
  { name: 'min.insync.replicas', value: String(minInSync) },
  { name: 'cleanup.policy', value: 'delete' },
  { name: 'retention.ms', value: String(retentionDays * dayMs) },
  { name: 'segment.ms', value: String(dayMs) },
];
