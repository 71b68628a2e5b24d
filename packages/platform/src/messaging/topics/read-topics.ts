import type { KafkaConnection } from '../kafka/open-kafka.ts';
import { within } from '../within.ts';
import { partitionRanges } from './partition-ranges.ts';
import { createReadProgress, type ReadProgress } from './read-progress.ts';
import { readToEnd } from './read-to-end.ts';
import type { StoredMessage } from './stored-message.ts';

export interface ReadTopicsOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Reads all that the topics hold, from the beginning of each partition to where it ended at the time of the call; the
 * messages of one partition come in their order. Nothing is committed, and no group stays behind.
 * @throws Error that names the partitions not read to their end in time; what onMessage throws; the signal's reason
 */
export async function readTopics(
  kafka: KafkaConnection,
  topics: readonly string[],
  onMessage: (message: StoredMessage) => void,
  { timeoutMs, signal }: ReadTopicsOptions,
): Promise<void> {
  let progress: ReadProgress | undefined;
  const timeoutError = () => {
    const missing = progress?.missing() ?? topics;
    return new Error(`not read to the end within ${timeoutMs} ms: ${missing.join(', ')}`);
  };
  const admin = kafka.client.admin();
  const closing: (() => Promise<unknown>)[] = [() => admin.disconnect()];
  const close = async () => {
    for (const each of closing.toReversed()) await each().catch(() => undefined);
  };
  try {
    await within({ timeoutMs, signal, timeoutError }, async (working) => {
      await admin.connect();
      const topicOf = new Map(topics.map((topic) => [kafka.nameOf(topic), topic]));
      const ranges = async () =>
        new Map(
          [...(await partitionRanges(admin, [...topicOf.keys()], working))].map(([name, of]) => [
            topicOf.get(name) ?? name,
            of,
          ]),
        );
      progress = createReadProgress(await ranges());
      if (progress.missing().length === 0) return;
      await readToEnd({ kafka, topicOf, progress, onMessage, ranges, admin, closing }, working);
    });
  } catch (error) {
    // Brokers that are away are not waited for a second time.
    void close();
    throw error;
  }
  await close();
}
