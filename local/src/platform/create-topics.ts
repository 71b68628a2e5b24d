import { topics } from '@onsale/contracts';
import { ensureTopics, openKafka } from '@onsale/platform/messaging';
import { createLogger } from '@onsale/platform/telemetry';

const partitions = 6;

/** Creates every topic on the three brokers: an acknowledged event is on two of them at least. */
export async function createTopics(brokers: readonly string[]): Promise<void> {
  // What kafkajs says of single attempts is of no use here: the error that is thrown says what it came to.
  const log = createLogger({ name: 'local', level: 'silent' });
  const kafka = openKafka({ KAFKA_BROKERS: brokers.join(','), KAFKA_TOPIC_PREFIX: '' }, log);
  await ensureTopics(
    kafka,
    topics.map((name) => ({ name, partitions, replication: 3, minInSync: 2 })),
  );
}
