import type { Job } from '../../service/service-definition.ts';
import type { HandleWindow } from './consume-partition.ts';
import type { ConsumerSetup } from './consumer-setup.ts';
import type { EventHandling } from './event-handling.ts';
import { type HandleBatch, handleBatchOf } from './handle-batch.ts';
import { type OpenedEvent, openEvent } from './handle-event.ts';
import { consumerJob } from './run-consumer.ts';

export interface BatchConsumerOptions<D> extends ConsumerSetup<D> {
  /** How many events are handled together at most; 250 unless given. */
  readonly batchSize?: number;
  /**
   * Handles all of the events, in their order, or none. Must be harmless when run twice. All are of one partition, and
   * none is there twice. A batch that keeps failing by its own fault is tried event by event.
   */
  readonly handleBatch: HandleBatch<D>;
}

/** A job that handles the events of a partition many at a time; offsets are committed after the effect. */
export function createBatchConsumer<D>({ batchSize = 250, handleBatch, ...setup }: BatchConsumerOptions<D>): Job {
  return consumerJob<D>(setup, {
    windowSize: batchSize,
    handleWindow: (handling) => async (window, signal) =>
      handleBatchOf(handling, await distinctEvents(handling, window, signal), handleBatch, signal),
  });
}

/** The events of a window, each once: a relay that lost its lead may have sent some twice. */
async function distinctEvents<D>(
  handling: EventHandling<D>,
  window: Parameters<HandleWindow>[0],
  signal: AbortSignal,
): Promise<OpenedEvent<D>[]> {
  const distinct = new Map<string, OpenedEvent<D>>();
  for (const incoming of window) {
    const opened = await openEvent(handling, incoming, signal);
    if (opened && !distinct.has(opened.event.id)) distinct.set(opened.event.id, opened);
  }
  return [...distinct.values()];
}
