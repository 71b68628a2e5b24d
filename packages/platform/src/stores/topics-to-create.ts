import { deadLetterTopic, type Topic } from '../messaging/index.ts';
import type { StoresConfig } from './stores-config.ts';

type TopicSettings = Pick<
  StoresConfig,
  'KAFKA_TOPIC_PARTITIONS' | 'KAFKA_TOPIC_REPLICATION' | 'KAFKA_TOPIC_MIN_IN_SYNC' | 'KAFKA_TOPIC_RETENTION_DAYS'
>;

/** The topics of these names, each with the one of its dead letters, as they are to be created. */
export const topicsToCreate = (names: readonly string[], config: TopicSettings): Topic[] =>
  names
    .map((name) => ({
      name,
      partitions: config.KAFKA_TOPIC_PARTITIONS,
      replication: config.KAFKA_TOPIC_REPLICATION,
      minInSync: config.KAFKA_TOPIC_MIN_IN_SYNC,
      retentionDays: config.KAFKA_TOPIC_RETENTION_DAYS,
    }))
    .flatMap((topic) => [topic, deadLetterTopic(topic)]);
