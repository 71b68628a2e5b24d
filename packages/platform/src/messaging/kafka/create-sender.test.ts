import { describe, expect, test } from '@jest/globals';
import type { ProducerBatch, RecordMetadata } from 'kafkajs';
import { pino } from 'pino';
import { createSender, type MakeProducer } from './create-sender.ts';
import { openKafka } from './open-kafka.ts';

const kafka = openKafka({ KAFKA_BROKERS: 'localhost:1', KAFKA_TOPIC_PREFIX: 'p-' }, pino({ level: 'silent' }));
const partitions = [0, 1, 2].map((partitionId) => ({
  partitionErrorCode: 0,
  partitionId,
  leader: 1,
  replicas: [1],
  isr: [1],
}));

/** A producer that partitions as kafkajs does, and answers what it is told to. */
function brokers(answer: (sent: RecordMetadata[]) => RecordMetadata[]) {
  const log = { made: 0, closed: 0, batches: [] as ProducerBatch[], atOnce: 0 };
  const makeProducer: MakeProducer = (createPartitioner) => {
    log.made += 1;
    const partitionOf = createPartitioner();
    let running = 0;
    return {
      connect: async () => undefined,
      disconnect: async () => {
        log.closed += 1;
      },
      sendBatch: async (batch) => {
        log.batches.push(batch);
        running += 1;
        log.atOnce = Math.max(log.atOnce, running);
        const targets = (batch.topicMessages ?? []).flatMap(({ topic, messages }) =>
          messages.map((message) => `${topic} ${partitionOf({ topic, partitionMetadata: partitions, message })}`),
        );
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        const sent = [...new Set(targets)].map((target): RecordMetadata => {
          const [topicName = '', partition] = target.split(' ');
          return { topicName, partition: Number(partition), errorCode: 0 };
        });
        return answer(sent);
      },
    };
  };
  return { log, makeProducer };
}

const messages = Array.from({ length: 20 }, (_, n) => ({ topic: n % 2 ? 'one' : 'two', key: String(n), value: '{}' }));

describe('a sender', () => {
  test('is content when every partition has answered', async () => {
    const { log, makeProducer } = brokers((sent) => sent);
    const sender = createSender(kafka, makeProducer);
    await sender.send(messages);
    await sender.send(messages);
    expect(log.made).toBe(1);
    expect(log.batches[0]).toMatchObject({ acks: -1 });
    expect(log.batches[0]?.topicMessages?.map(({ topic }) => topic).sort()).toEqual(['p-one', 'p-two']);
  });

  test.each<[string, (sent: RecordMetadata[]) => RecordMetadata[]]>([
    ['lacks a partition', (sent) => sent.slice(1)],
    ['is empty', () => []],
    ['has an error for a partition', (sent) => sent.map((each, n) => (n === 0 ? { ...each, errorCode: 19 } : each))],
  ])('rejects when the answer %s, and sends with a new producer from then on', async (_, answer) => {
    let lying = true;
    const { log, makeProducer } = brokers((sent) => (lying ? answer(sent) : sent));
    const sender = createSender(kafka, makeProducer);
    await expect(sender.send(messages)).rejects.toThrow(/not acknowledged: p-(one|two)\/\d/);
    expect(log.closed).toBe(1);
    lying = false;
    await sender.send(messages);
    expect(log.made).toBe(2);
  });

  test('has one send in flight, also after one that failed', async () => {
    let sends = 0;
    const { log, makeProducer } = brokers((sent) => {
      sends += 1;
      return sends === 1 ? [] : sent;
    });
    const sender = createSender(kafka, makeProducer);
    const ends = await Promise.allSettled([sender.send(messages), sender.send(messages), sender.send(messages)]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(log.atOnce).toBe(1);
  });
});
