import type { OutgoingMessage } from '../kafka/create-sender.ts';
import type { StoredMessage } from '../topics/stored-message.ts';
import { type DeadLetter, placeOf, replayedOf } from './dead-letter.ts';

/** The message as it was before it was a dead letter, for the group alone that could not handle it. */
export function replayOf(letter: DeadLetter, message: StoredMessage): OutgoingMessage {
  const original = Object.entries(message.headers).filter(([name]) => !name.startsWith('dlq-'));
  return {
    topic: letter.topic,
    key: message.key,
    value: message.value,
    headers: { ...Object.fromEntries(original), 'replay-for': letter.group },
  };
}

/**
 * The note that a dead letter was replayed. It goes behind the letter into the same partition, from which the oldest
 * messages are taken away first: so it is there for as long as the letter is.
 */
export function markOf(message: StoredMessage): OutgoingMessage {
  return {
    topic: message.topic,
    partition: message.partition,
    key: message.key,
    value: null,
    headers: { [replayedOf]: placeOf(message) },
  };
}
