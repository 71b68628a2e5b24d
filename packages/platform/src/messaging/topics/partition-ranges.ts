import type { Admin } from 'kafkajs';

/** What a partition holds: offsets from `low` up to, and without, `high`. */
export interface PartitionRange {
  readonly partition: number;
  readonly low: bigint;
  readonly high: bigint;
}

/**
 * The ranges of the topics' partitions; the topics by their names on the brokers. One topic after the other: asked for
 * several at once, kafkajs may answer out of a list of topics that it fetched before it knew of them all.
 */
export async function partitionRanges(
  admin: Pick<Admin, 'fetchTopicOffsets'>,
  topics: readonly string[],
): Promise<Map<string, PartitionRange[]>> {
  const ranges = new Map<string, PartitionRange[]>();
  for (const topic of topics) {
    const offsets = await admin.fetchTopicOffsets(topic);
    ranges.set(
      topic,
      offsets.map(({ partition, low, high }) => ({ partition, low: BigInt(low), high: BigInt(high) })),
    );
  }
  return ranges;
}
