import { type ICustomPartitioner, type Message, Partitioners, type Producer } from 'kafkajs';
import { acknowledgeWithinMs } from './kafka-tuning.ts';
import type { KafkaConnection } from './open-kafka.ts';

export interface OutgoingMessage extends Message {
  /** Without the platform's prefix. */
  readonly topic: string;
}

export interface Sender {
  /** Resolves when the in-sync replicas have acknowledged every one of the messages; sends wait for each other. */
  send(messages: readonly OutgoingMessage[]): Promise<void>;
  close(): Promise<void>;
}

type SendingProducer = Pick<Producer, 'connect' | 'disconnect' | 'sendBatch'>;

/** Makes a producer that partitions in this way. */
export type MakeProducer = (createPartitioner: ICustomPartitioner) => SendingProducer;

/**
 * The one way to send: acks=all, by an idempotent producer with one request in flight, so that its retries keep the
 * order. After an error it is made anew, since it may not know what the brokers have. A send that resolves is still
 * checked: kafkajs has resolved with partitions missing from the answers when a broker died.
 */
export function createSender(kafka: KafkaConnection, makeProducer: MakeProducer = idempotentProducer(kafka)): Sender {
  let current: Connected | undefined;
  let last: Promise<void> = Promise.resolve();

  const close = async () => {
    const closing = current;
    current = undefined;
    await closing?.producer.disconnect().catch(() => undefined);
  };

  const sendNow = async (messages: readonly OutgoingMessage[]) => {
    try {
      current ??= await connect(makeProducer);
      const { producer, targets } = current;
      targets.clear();
      const answers = await producer.sendBatch({
        acks: -1,
        timeout: acknowledgeWithinMs,
        topicMessages: [...Map.groupBy(messages, ({ topic }) => topic)].map(([topic, ofTopic]) => ({
          topic: kafka.nameOf(topic),
          messages: ofTopic,
        })),
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
  };

  return {
    close,
    send(messages) {
      const sent = last.then(() => sendNow(messages));
      last = sent.catch(() => undefined);
      return sent;
    },
  };
}

const idempotentProducer =
  ({ client }: KafkaConnection): MakeProducer =>
  (createPartitioner) =>
    client.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, createPartitioner });

interface Connected {
  readonly producer: SendingProducer;
  /** The partitions that the running send goes to. */
  readonly targets: Set<string>;
}

async function connect(makeProducer: MakeProducer): Promise<Connected> {
  const targets = new Set<string>();
  const producer = makeProducer(() => {
    const partition = Partitioners.DefaultPartitioner();
    return (message) => {
      const chosen = partition(message);
      targets.add(`${message.topic}/${chosen}`);
      return chosen;
    };
  });
  try {
    await producer.connect();
  } catch (error) {
    await producer.disconnect().catch(() => undefined);
    throw error;
  }
  return { producer, targets };
}
