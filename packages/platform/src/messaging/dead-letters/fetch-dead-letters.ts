import type { KafkaConnection } from '../kafka/open-kafka.ts';
import { readTopics } from '../topics/read-topics.ts';
import type { StoredMessage } from '../topics/stored-message.ts';
import { askBrokers } from './ask-brokers.ts';
import { type DeadLetter, placeOf } from './dead-letter.ts';
import type { DeadLetterReading } from './dead-letter-reading.ts';
import { deadLetterTopicOf } from './dead-letter-topic-of.ts';

/**
 * The messages of dead letters of one topic, in the letters' order; those are missing that the topic has let go since
 * they were listed. @throws DomainError 'kafka-unavailable'
 */
export async function fetchDeadLetters(
  kafka: KafkaConnection,
  topic: string,
  letters: readonly DeadLetter[],
  reading: DeadLetterReading,
): Promise<StoredMessage[]> {
  const wanted = new Set(letters.map(placeOf));
  const found = new Map<string, StoredMessage>();
  const take = (message: StoredMessage) => {
    const place = placeOf(message);
    if (wanted.has(place)) found.set(place, message);
  };
  await askBrokers(reading, () => readTopics(kafka, [deadLetterTopicOf(topic)], take, reading));
  return letters.flatMap((letter) => found.get(placeOf(letter)) ?? []);
}
