import type { KafkaConnection } from './open-kafka.ts';

export interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;
  readonly minInSync: number;
}

/** Creates the topics that are missing; those that exist stay as they are. Several processes may do so at once. */
export async function ensureTopics(kafka: KafkaConnection, topics: readonly Topic[]): Promise<void> {
  const admin = kafka.client.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !existing.has(kafka.nameOf(name)));
    if (missing.length === 0) return;
    await admin.createTopics({
      waitForLeaders: true,
      timeout: 10_000,
      topics: missing.map(({ name, partitions, replication, minInSync }) => ({
        topic: kafka.nameOf(name),
        numPartitions: partitions,
        replicationFactor: replication,
        configEntries: [{ name: 'min.insync.replicas', value: String(minInSync) }],
      })),
    });
  } finally {
    await admin.disconnect();
  }
}
