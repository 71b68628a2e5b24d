import { messageOf } from '../event-message.ts';
import { createSender } from '../kafka/create-sender.ts';
import type { KafkaConnection } from '../kafka/open-kafka.ts';
import type { OutboxRow } from './outbox-rows.ts';

export interface EventSender {
  /** Resolves when the brokers have acknowledged every one of the events. */
  send(rows: readonly OutboxRow[]): Promise<void>;
  close(): Promise<void>;
}

/** Sends rows of the outbox to their topics. */
export function createEventSender(kafka: KafkaConnection): EventSender {
  const sender = createSender(kafka);
  return {
    close: sender.close,
    send: (rows) => sender.send(rows.map((row) => ({ topic: row.topic, ...messageOf(row) }))),
  };
}
