import type { KafkaConnection } from '../kafka/open-kafka.ts';
import { readTopics } from '../topics/read-topics.ts';
import type { StoredMessage } from '../topics/stored-message.ts';
import { askBrokers } from './ask-brokers.ts';
import { type DeadLetter, deadLetterOf, placeOf, replayedOf } from './dead-letter.ts';
import type { DeadLetterReading } from './dead-letter-reading.ts';
import { deadLetterTopicOf } from './dead-letter-topic-of.ts';

export interface DeadLetterList {
  /** By topic, partition and offset. */
  readonly letters: readonly DeadLetter[];
  /** How many more there are than a list may hold; they come when those before them have left the topic. */
  readonly unlisted: number;
  /** Messages in a dead-letter topic that are no dead letters. */
  readonly strange: number;
}

const mostListed = 100_000;

/** The dead letters of the topics, those replayed among them. @throws DomainError 'kafka-unavailable' */
export async function listDeadLetters(
  kafka: KafkaConnection,
  topics: readonly string[],
  reading: DeadLetterReading,
): Promise<DeadLetterList> {
  const found = new Map<string, DeadLetter>();
  let unlisted = 0;
  let strange = 0;
  const take = (message: StoredMessage) => {
    const original = message.headers[replayedOf];
    if (original !== undefined) {
      // The mark is behind its letter in the same partition, so the letter has been read.
      const letter = found.get(`${message.topic}/${original}`);
      if (letter) found.set(`${message.topic}/${original}`, { ...letter, replayedAt: message.timestamp });
      return;
    }
    const letter = deadLetterOf(message);
    if (letter === undefined) strange += 1;
    else if (found.size >= mostListed) unlisted += 1;
    else found.set(`${message.topic}/${placeOf(message)}`, letter);
  };
  await askBrokers(reading, () => readTopics(kafka, topics.map(deadLetterTopicOf), take, reading));
  return { letters: [...found.values()].sort(byPlace), unlisted, strange };
}

function byPlace(one: DeadLetter, other: DeadLetter): number {
  if (one.topic !== other.topic) return one.topic < other.topic ? -1 : 1;
  return one.partition - other.partition || Number(BigInt(one.offset) - BigInt(other.offset));
}
