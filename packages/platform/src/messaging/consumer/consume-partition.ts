import type { Batch, EachBatchPayload } from 'kafkajs';
import type { Incoming } from './incoming.ts';
import { whileBeating } from './while-beating.ts';

/** Takes care of all the messages of a window. @throws when the signal aborts: they then count as not handled */
export type HandleWindow = (window: readonly Incoming[], signal: AbortSignal) => Promise<void>;

/** What kafkajs hands over, as far as it is used. */
export interface FetchedBatch extends Omit<EachBatchPayload, 'batch' | 'pause'> {
  readonly batch: Pick<Batch, 'partition' | 'messages' | 'highWatermark'>;
}

export interface PartitionOptions {
  /** Without the platform's prefix. */
  readonly topic: string;
  readonly windowSize: number;
  /** Aborts when the job is to end, and when the partition is another consumer's. */
  readonly signal: AbortSignal;
  readonly handleWindow: HandleWindow;
  readonly onLag: (messages: number) => void;
}

/**
 * Works through what was fetched of a partition, window by window. A window's offset is committed after its effect,
 * and nothing behind an unhandled message ever is.
 * @throws when a heartbeat or a commit fails; when the signal aborts it ends without a word, with nothing more committed
 */
export async function consumePartition(payload: FetchedBatch, options: PartitionOptions): Promise<void> {
  const { batch, heartbeat, resolveOffset, commitOffsetsIfNecessary, uncommittedOffsets } = payload;
  const { topic, windowSize, signal, handleWindow, onLag } = options;
  const { partition, messages, highWatermark } = batch;
  const lagBefore = (offset: string) => Number(BigInt(highWatermark) - BigInt(offset));

  for (let from = 0; from < messages.length; from += windowSize) {
    const window = messages.slice(from, from + windowSize);
    const [first, last] = [window[0], window.at(-1)];
    if (first === undefined || last === undefined) return;
    if (signal.aborted || !payload.isRunning() || payload.isStale()) return;
    onLag(lagBefore(first.offset));
    try {
      const incoming = window.map((message) => ({ topic, partition, message }));
      await whileBeating((working) => handleWindow(incoming, working), { signal, heartbeat });
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    resolveOffset(last.offset);
    onLag(lagBefore(last.offset) - 1);
    await heartbeat();
    await commitOffsetsIfNecessary(uncommittedOffsets());
  }
}
