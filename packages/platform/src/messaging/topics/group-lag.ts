import type { KafkaConnection } from '../kafka/open-kafka.ts';
import { within } from '../within.ts';
import { partitionRanges } from './partition-ranges.ts';

/**
 * How many messages of the topics the group has not committed yet; all of them when it never committed. Zero says that
 * there was a moment, during the call, in which none was left.
 * @throws Error when the brokers have not answered in time
 */
export async function groupLag(
  kafka: KafkaConnection,
  group: string,
  topics: readonly string[],
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<number> {
  const timeoutError = () => new Error(`the brokers did not tell the lag of ${group} within ${timeoutMs} ms`);
  const admin = kafka.client.admin();
  try {
    return await within({ timeoutMs, timeoutError }, async (working) => {
      await admin.connect();
      const names = topics.map((topic) => kafka.nameOf(topic));
      // Asked before the ends: messages that come in between then count as not committed.
      const committed = await admin.fetchOffsets({ groupId: kafka.nameOf(group), topics: names });
      const rangesOf = await partitionRanges(admin, names, working);
      const lags = committed.map(({ topic, partitions }) => {
        const done = new Map(partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
        const ranges = rangesOf.get(topic) ?? [];
        return ranges.reduce((sum, { partition, low, high }) => sum + left(low, high, done.get(partition)), 0n);
      });
      return Number(lags.reduce((sum, lag) => sum + lag, 0n));
    });
  } finally {
    // Not awaited: it may take as long as brokers that are away.
    admin.disconnect().catch(() => undefined);
  }
}

/** Never below zero: a commit may be newer than the ends that were read. A negative offset says that there is none. */
function left(low: bigint, high: bigint, committed = low): bigint {
  const from = committed > low ? committed : low;
  return high > from ? high - from : 0n;
}
