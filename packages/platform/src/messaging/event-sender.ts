import { Partitioners, type Producer, type TopicMessages } from 'kafkajs';
import { messageOf } from './event-message.ts';
import type { KafkaConnection } from './open-kafka.ts';
import type { OutboxRow } from './outbox-rows.ts';

export interface EventSender {
  /** Resolves when the brokers have acknowledged every one of the events. */
  send(rows: readonly OutboxRow[]): Promise<void>;
  close(): Promise<void>;
}

/** How long the in-sync replicas may take; below the client's request time-out. */
const acknowledgeWithinMs = 8000;

/**
 * Sends with acks=all through an idempotent producer with one request in flight. After an error the producer is made
 * anew, since it may not know what the brokers have. A send that resolves is still checked: kafkajs has resolved with
 * partitions missing from the answers when a broker died.
 */
export function createEventSender(kafka: KafkaConnection): EventSender {
  let current: { readonly producer: Producer; readonly targets: Set<string> } | undefined;

  const connect = async () => {
    const targets = new Set<string>();
    const producer = kafka.client.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: () => {
        const partition = Partitioners.DefaultPartitioner();
        return (message) => {
          const chosen = partition(message);
          targets.add(`${message.topic}/${chosen}`);
          return chosen;
        };
      },
    });
    await producer.connect();
    return { producer, targets };
  };

  const close = async () => {
    const closing = current;
    current = undefined;
    await closing?.producer.disconnect().catch(() => undefined);
  };

  return {
    close,
    async send(rows) {
      try {
        current ??= await connect();
        const { producer, targets } = current;
        targets.clear();
        const answers = await producer.sendBatch({
          acks: -1,
          timeout: acknowledgeWithinMs,
          topicMessages: byTopic(rows, kafka),
        });
        const missing = new Set(targets);
        for (const { topicName, partition, errorCode } of answers) {
          if (errorCode === 0) missing.delete(`${topicName}/${partition}`);
        }
        if (missing.size > 0) throw new Error(`not acknowledged: ${[...missing].join(', ')}`);
      } catch (error) {
        await close();
        throw error;
      }
    },
  };
}

function byTopic(rows: readonly OutboxRow[], kafka: KafkaConnection): TopicMessages[] {
  const topics = Map.groupBy(rows, ({ topic }) => topic);
  return [...topics].map(([topic, ofTopic]) => ({ topic: kafka.nameOf(topic), messages: ofTopic.map(messageOf) }));
}
