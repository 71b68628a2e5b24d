import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { consumerTuning } from '../kafka/kafka-tuning.ts';
import type { KafkaConnection } from '../kafka/open-kafka.ts';
import type { PartitionRange } from './partition-ranges.ts';
import type { ReadProgress } from './read-progress.ts';
import { type StoredMessage, storedMessage } from './stored-message.ts';

export interface Reading {
  readonly kafka: KafkaConnection;
  /** The topics by their names on the brokers. */
  readonly topicOf: ReadonlyMap<string, string>;
  readonly progress: ReadProgress;
  readonly onMessage: (message: StoredMessage) => void;
  /** What the topics hold now. */
  readonly ranges: () => Promise<ReadonlyMap<string, readonly PartitionRange[]>>;
  readonly admin: Pick<Admin, 'deleteGroups'>;
  /** Gets what is to be done afterwards, to be done from the last to the first. */
  readonly closing: (() => Promise<unknown>)[];
}

const lookAgainMs = 1000;

/**
 * Reads until nothing is missing. kafkajs reads in a group or not at all: this one is the call's own, and goes with it.
 */
export async function readToEnd(reading: Reading, signal: AbortSignal): Promise<void> {
  const { kafka, topicOf, progress, onMessage, admin, closing } = reading;
  const groupId = kafka.nameOf(`read-${randomUUID()}`);
  // It begins anew by itself after what may pass, such as a coordinator that is not ready: the caller's time is the bound.
  const consumer = kafka.client.consumer({ groupId, ...consumerTuning });
  closing.push(
    () => admin.deleteGroups([groupId]),
    () => consumer.disconnect(),
  );
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  // It may reject before anyone waits for it.
  ended.catch(() => undefined);
  const look = () => {
    if (progress.missing().length === 0) resolve();
  };
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    if (!restart) reject(error);
  });
  // Tells also of what never comes as a message: aborted transactions, and the markers that end transactions.
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { topic, partition, lastOffset } }) => {
    progress.reached(topicOf.get(topic) ?? topic, partition, lastOffset);
    look();
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [...topicOf.keys()], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch: { topic: name, partition, messages } }) => {
      const topic = topicOf.get(name) ?? name;
      try {
        for (const message of messages) {
          if (progress.takes(topic, partition, message.offset)) onMessage(storedMessage(topic, partition, message));
        }
      } catch (error) {
        reject(error);
      }
    },
  });
  await Promise.race([ended, lookWhetherTakenAway(reading, look, signal)]);
}

/** What the brokers take away while it is being read will never come. Ends with an error only. */
async function lookWhetherTakenAway(
  { progress, ranges }: Reading,
  look: () => void,
  signal: AbortSignal,
): Promise<never> {
  for (;;) {
    await delay(lookAgainMs, undefined, { signal });
    for (const [topic, present] of await ranges()) {
      for (const range of present) progress.beginsAt(topic, range);
    }
    look();
  }
}
