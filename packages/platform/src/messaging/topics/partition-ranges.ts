import { setTimeout as delay } from 'node:timers/promises';
import kafkajs, { type Admin } from 'kafkajs';

/** What a partition holds: offsets from `low` up to, and without, `high`. */
export interface PartitionRange {
  readonly partition: number;
  readonly low: bigint;
  readonly high: bigint;
}

type Asked = Pick<Admin, 'fetchTopicOffsets'>;

const askAgainMs = 100;

/**
 * The ranges of the topics' partitions; the topics by their names on the brokers. One topic after the other: asked for
 * several at once, kafkajs may answer out of a list of topics that it fetched before it knew of them all. Brokers are
 * asked again, until the signal aborts, for as long as they say of their failure that it may pass.
 * @throws what a broker said that does not pass; the signal's reason
 */
export async function partitionRanges(
  admin: Asked,
  topics: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, PartitionRange[]>> {
  const ranges = new Map<string, PartitionRange[]>();
  for (const topic of topics) {
    const offsets = await offsetsOf(admin, topic, signal);
    ranges.set(
      topic,
      offsets.map(({ partition, low, high }) => ({ partition, low: BigInt(low), high: BigInt(high) })),
    );
  }
  return ranges;
}

/** A broker that is to lead a new partition, or that of another broker, may refuse until it has heard of it itself. */
async function offsetsOf(admin: Asked, topic: string, signal: AbortSignal) {
  for (;;) {
    try {
      return await admin.fetchTopicOffsets(topic);
    } catch (error) {
      if (!(error instanceof kafkajs.KafkaJSError && error.retriable)) throw error;
    }
    await delay(askAgainMs, undefined, { signal });
  }
}
