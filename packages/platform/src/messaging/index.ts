export { type ConsumerOptions, createConsumer } from './consumer.ts';
export { ensureTopics, type Topic } from './ensure-topics.ts';
export type { Event, ReceivedEvent } from './event.ts';
export { type KafkaConfig, kafkaConfig } from './kafka-config.ts';
export { type KafkaConnection, openKafka } from './open-kafka.ts';
export { createPurge, type PurgeOptions } from './purge.ts';
export { purgeOutbox } from './purge-outbox.ts';
export { createRelay, type Relay, type RelayOptions } from './relay.ts';
export { writeOutbox } from './write-outbox.ts';
