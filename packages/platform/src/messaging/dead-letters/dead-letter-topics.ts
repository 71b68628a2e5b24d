import type { KafkaConnection } from '../kafka/open-kafka.ts';
import { askBrokers } from './ask-brokers.ts';
import type { DeadLetterReading } from './dead-letter-reading.ts';
import { deadLetterTopicOf } from './dead-letter-topic-of.ts';

/** The topics that have a dead-letter topic, sorted. @throws DomainError 'kafka-unavailable' */
export async function deadLetterTopics(kafka: KafkaConnection, reading: DeadLetterReading): Promise<string[]> {
  const admin = kafka.client.admin();
  const names = await askBrokers(reading, async () => {
    try {
      await admin.connect();
      return await admin.listTopics();
    } finally {
      // Not awaited: it may take as long as the brokers do.
      admin.disconnect().catch(() => undefined);
    }
  });
  const prefix = kafka.nameOf('');
  const suffix = deadLetterTopicOf('');
  return names
    .filter((name) => name.startsWith(prefix) && name.endsWith(suffix))
    .map((name) => name.slice(prefix.length, -suffix.length))
    .sort();
}
