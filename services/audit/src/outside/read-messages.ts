import { topics } from '@onsale/contracts';
import { type KafkaConnection, readTopics, type StoredMessage } from '@onsale/platform/messaging';
import { failureOf } from '../snapshot/failure-of.ts';

/** Reads all that the topics hold. @throws AuditError when they could not be read to their ends in time */
export async function readMessages(
  kafka: KafkaConnection,
  timeoutMs: number,
  onMessage: (message: StoredMessage) => void,
): Promise<void> {
  try {
    await readTopics(kafka, topics, onMessage, { timeoutMs });
  } catch (error) {
    throw failureOf('the topics cannot be read', error);
  }
}
