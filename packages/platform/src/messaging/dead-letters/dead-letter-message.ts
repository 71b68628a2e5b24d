import type { Incoming } from '../consumer/incoming.ts';
import type { OutgoingMessage } from '../kafka/create-sender.ts';
import { deadLetterTopicOf } from './dead-letter-topic-of.ts';

export interface DeathReport {
  readonly group: string;
  readonly error: unknown;
  readonly attempts: number;
  readonly failedAt: Date;
}

const longestText = 1000;

/** The message as it came, with headers that say where it was and why it could not be handled. */
export function deadLetterMessage(
  { topic, partition, message }: Incoming,
  { group, error, attempts, failedAt }: DeathReport,
): OutgoingMessage {
  return {
    topic: deadLetterTopicOf(topic),
    key: message.key,
    value: message.value,
    headers: {
      ...message.headers,
      'dlq-topic': topic,
      'dlq-partition': String(partition),
      'dlq-offset': message.offset,
      'dlq-group': group,
      'dlq-error': (error instanceof Error ? error.message : String(error)).slice(0, longestText),
      'dlq-error-name': error instanceof Error ? error.name : typeof error,
      'dlq-attempts': String(attempts),
      'dlq-failed-at': failedAt.toISOString(),
    },
  };
}
