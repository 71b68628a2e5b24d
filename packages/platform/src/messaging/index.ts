export type { ConsumerSetup, HandleContext } from './consumer/consumer-setup.ts';
export { type BatchConsumerOptions, createBatchConsumer } from './consumer/create-batch-consumer.ts';
export { type ConsumerOptions, createConsumer } from './consumer/create-consumer.ts';
export type { DeadLetter } from './dead-letters/dead-letter.ts';
export type { DeadLetterReading } from './dead-letters/dead-letter-reading.ts';
export { deadLetterTopicOf } from './dead-letters/dead-letter-topic-of.ts';
export { deadLetterTopics } from './dead-letters/dead-letter-topics.ts';
export { fetchDeadLetters } from './dead-letters/fetch-dead-letters.ts';
export { type DeadLetterList, listDeadLetters } from './dead-letters/list-dead-letters.ts';
export { type Replayed, replayDeadLetters } from './dead-letters/replay-dead-letters.ts';
export type { Event, ReceivedEvent, TypedEvent } from './event.ts';
export { claimEvents } from './inbox/claim-events.ts';
export { purgeInbox } from './inbox/purge-inbox.ts';
export { type AwaitBrokers, awaitBrokers } from './kafka/await-brokers.ts';
export { type KafkaConfig, kafkaConfig } from './kafka/kafka-config.ts';
export { type KafkaConnection, openKafka } from './kafka/open-kafka.ts';
export type { Sasl } from './kafka/sasl.ts';
export { purgeOutbox } from './outbox/purge-outbox.ts';
export { createRelay, type Relay, type RelayOptions } from './outbox/relay.ts';
export {
  type OutboxRange,
  type RepublishOptions,
  republishableDays,
  republishOutbox,
} from './outbox/republish-outbox.ts';
export { writeOutbox } from './outbox/write-outbox.ts';
export { createPurge, type PurgeOptions } from './purge.ts';
export { deadLetterTopic, ensureTopics, type Topic } from './topics/ensure-topics.ts';
export { groupLag } from './topics/group-lag.ts';
export { type ReadTopicsOptions, readTopics } from './topics/read-topics.ts';
export type { StoredMessage } from './topics/stored-message.ts';
