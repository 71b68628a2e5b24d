import type { Job } from '../../service/service-definition.ts';
import { createSender } from '../kafka/create-sender.ts';
import { consumerRetry, consumerTuning } from '../kafka/kafka-tuning.ts';
import { consumePartition, type HandleWindow } from './consume-partition.ts';
import { consumerMetrics } from './consumer-metrics.ts';
import type { ConsumerSetup } from './consumer-setup.ts';
import { watchConsumer } from './consumer-watch.ts';
import { createEventHandling, type EventHandling } from './event-handling.ts';

export interface Windows<D> {
  /** How many messages of a partition are worked on between two commits, at most. */
  readonly windowSize: number;
  /** Makes what takes care of a window's messages. */
  readonly handleWindow: (handling: EventHandling<D>) => HandleWindow;
}

const partitionsAtOnce = 3;

/** The job of a group's consumer. It ends by an error when the consumer has given up: whoever runs it begins it anew. */
export function consumerJob<D>(setup: ConsumerSetup<D>, { windowSize, handleWindow }: Windows<D>): Job {
  const { kafka, group, part } = setup;
  const metrics = consumerMetrics(setup.metrics);
  const topics = new Map(setup.topics.map((topic) => [kafka.nameOf(topic), topic]));
  for (const topic of setup.topics) metrics.oldest.expect({ topic, group });
  const topicOf = (name: string) => topics.get(name) ?? name;

  const run = async (signal: AbortSignal) => {
    const consumer = kafka.client.consumer({
      groupId: kafka.nameOf(group),
      ...consumerTuning,
      retry: { ...consumerRetry, restartOnFailure: async () => false },
    });
    const forgetLag = (name: string, partition: number) =>
      metrics.lag.remove({ topic: topicOf(name), group, partition: String(partition) });
    const watch = watchConsumer(consumer, { signal, onLost: forgetLag });
    const sender = createSender(kafka);
    const handle = handleWindow(createEventHandling(setup, { metrics, sender }));
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics.keys()], fromBeginning: true });
      await consumer.run({
        partitionsConsumedConcurrently: partitionsAtOnce,
        eachBatchAutoResolve: false,
        eachBatch: (payload) => {
          const { topic: name, partition } = payload.batch;
          const topic = topicOf(name);
          return consumePartition(payload, {
            topic,
            windowSize,
            signal: watch.signalOf(name, partition),
            handleWindow: handle,
            onLag: (messages) => metrics.lag.set({ topic, group, partition: String(partition) }, messages),
          });
        },
      });
      await watch.ended;
    } finally {
      watch.stop();
      await consumer.disconnect().catch(() => undefined);
      await sender.close();
    }
  };
  return { part, run };
}
