import type { PartitionRange } from './partition-ranges.ts';

/** How far the partitions of some topics have been read, up to where they ended at the start. */
export interface ReadProgress {
  /** Whether the message is one to be told of: not told before, and before the end. */
  takes(topic: string, partition: number, offset: string): boolean;
  /** All up to and with this offset has been read, also what is no message, such as the marker of a transaction. */
  reached(topic: string, partition: number, offset: string): void;
  /** What begins here or later is all there is: older messages have been taken away. */
  beginsAt(topic: string, { partition, low }: Pick<PartitionRange, 'partition' | 'low'>): void;
  /** Topic/partition of those not read to their end. */
  missing(): string[];
}

export function createReadProgress(ends: ReadonlyMap<string, readonly PartitionRange[]>): ReadProgress {
  const nameOf = (topic: string, partition: number) => `${topic}/${partition}`;
  const places = new Map<string, { next: bigint; readonly end: bigint }>(
    [...ends].flatMap(([topic, ranges]) =>
      ranges.map(({ partition, low, high }) => [nameOf(topic, partition), { next: low, end: high }] as const),
    ),
  );
  const moveTo = (topic: string, partition: number, next: bigint) => {
    const place = places.get(nameOf(topic, partition));
    if (place && next > place.next) place.next = next;
  };
  return {
    takes(topic, partition, offset) {
      const place = places.get(nameOf(topic, partition));
      if (place === undefined || BigInt(offset) < place.next || BigInt(offset) >= place.end) return false;
      place.next = BigInt(offset) + 1n;
      return true;
    },
    reached: (topic, partition, offset) => moveTo(topic, partition, BigInt(offset) + 1n),
    beginsAt: (topic, { partition, low }) => moveTo(topic, partition, low),
    missing: () => [...places].filter(([, { next, end }]) => next < end).map(([name]) => name),
  };
}
