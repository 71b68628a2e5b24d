import type { Consumer } from 'kafkajs';
import { longestSilenceMs } from '../kafka/kafka-tuning.ts';

export interface ConsumerWatch {
  /** Resolves when the job is to end; rejects when the consumer has given up or fallen silent. */
  readonly ended: Promise<void>;
  /** Aborts when the partition is no longer this consumer's, or the job is to end. */
  signalOf(topic: string, partition: number): AbortSignal;
  stop(): void;
}

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** Called with each partition (by the topic's name on the brokers) that was this consumer's and is no longer. */
  readonly onLost: (topic: string, partition: number) => void;
  /** In milliseconds. */
  readonly silenceMs?: number;
}

/**
 * Watches over a kafkajs consumer. It joins its group anew also while work is in hand, so what it holds is looked at
 * whenever it has joined; and it has been known to stop without an error, so a long silence ends it.
 */
export function watchConsumer(
  consumer: Pick<Consumer, 'on' | 'events'>,
  { signal, onLost, silenceMs = longestSilenceMs }: WatchOptions,
): ConsumerWatch {
  const { CRASH, GROUP_JOIN, HEARTBEAT } = consumer.events;
  const held = new Map<string, { topic: string; partition: number; lost: AbortController }>();
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  // It may reject while the consumer is still connecting, before anyone waits for it.
  ended.catch(() => undefined);
  const end = () => resolve();
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });

  const tooSilent = () => reject(new Error(`the consumer has given no sign of life for ${silenceMs} ms`));
  const silence = setTimeout(tooSilent, silenceMs);
  const alive = () => void silence.refresh();

  const unlisten = [
    consumer.on(CRASH, ({ payload: { error, restart } }) => {
      if (!restart) reject(error);
    }),
    consumer.on(HEARTBEAT, alive),
    consumer.on(GROUP_JOIN, ({ payload: { memberAssignment } }) => {
      alive();
      for (const [name, { topic, partition, lost }] of held) {
        if (memberAssignment[topic]?.includes(partition)) continue;
        held.delete(name);
        lost.abort(new Error(`partition ${partition} of ${topic} is another consumer's now`));
        onLost(topic, partition);
      }
    }),
  ];

  return {
    ended,
    signalOf(topic, partition) {
      const name = `${topic}/${partition}`;
      const known = held.get(name) ?? { topic, partition, lost: new AbortController() };
      held.set(name, known);
      return AbortSignal.any([signal, known.lost.signal]);
    },
    stop() {
      clearTimeout(silence);
      signal.removeEventListener('abort', end);
      for (const remove of unlisten) remove();
    },
  };
}
