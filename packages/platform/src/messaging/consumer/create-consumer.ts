import type { Job } from '../../service/service-definition.ts';
import type { ConsumerSetup } from './consumer-setup.ts';
import { type HandleEvent, handleEvent, openEvent } from './handle-event.ts';
import { runByKey } from './run-by-key.ts';
import { consumerJob } from './run-consumer.ts';

export interface ConsumerOptions<D> extends ConsumerSetup<D> {
  /** How many keys of one partition are worked on at once; 8 unless given. */
  readonly keysAtOnce?: number;
  /** Must be harmless when run twice for one event. */
  readonly handle: HandleEvent<D>;
}

const windowSize = 100;

/**
 * A job that handles events one by one, those of one key strictly in their order: one that is tried again keeps those
 * of its key waiting. Offsets are committed after the effect, a window of messages at a time.
 */
export function createConsumer<D>({ keysAtOnce = 8, handle, ...setup }: ConsumerOptions<D>): Job {
  return consumerJob<D>(setup, {
    windowSize,
    handleWindow: (handling) => (window, signal) =>
      runByKey(window, {
        keyOf: ({ message }) => message.key?.toString() ?? '',
        keysAtOnce,
        work: async (incoming) => {
          const opened = await openEvent(handling, incoming, signal);
          if (opened) await handleEvent(handling, opened, handle, signal);
        },
      }),
  });
}
