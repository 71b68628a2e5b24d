import { z } from 'zod';
import type { StoredMessage } from '../topics/stored-message.ts';
import { deadLetterTopicOf } from './dead-letter-topic-of.ts';

/** A message that a group could not handle, as its dead-letter topic tells of it. */
export interface DeadLetter {
  /** The topic it came from. */
  readonly topic: string;
  /** Where it is in the dead-letter topic. */
  readonly partition: number;
  readonly offset: string;
  readonly group: string;
  readonly failedAt: Date;
  readonly attempts: number;
  readonly errorName: string;
  readonly error: string;
  /** Absent when the message was no event. */
  readonly eventId: string | undefined;
  /** When it was sent to its group again; the last time, if often. */
  readonly replayedAt: Date | undefined;
}

/** Says of a message in a dead-letter topic that it is no dead letter but a note that one was replayed. */
export const replayedOf = 'replayed-of';

/** Where a message is among those of one topic. */
export const placeOf = ({ partition, offset }: Pick<DeadLetter, 'partition' | 'offset'>): string =>
  `${partition}:${offset}`;

const headers = z.object({
  'dlq-topic': z.string().min(1),
  'dlq-group': z.string().min(1),
  'dlq-error': z.string().default(''),
  'dlq-error-name': z.string().default('Error'),
  'dlq-attempts': z.coerce.number().int().min(0).catch(0),
  'dlq-failed-at': z.coerce.date(),
  ce_id: z.string().optional(),
});

/** The dead letter that a message is; undefined when it lacks what makes it one. */
export function deadLetterOf(message: StoredMessage): DeadLetter | undefined {
  const { success, data } = headers.safeParse(message.headers);
  // A message that names another topic must not be sent there because somebody put it here.
  if (!success || deadLetterTopicOf(data['dlq-topic']) !== message.topic) return undefined;
  return {
    topic: data['dlq-topic'],
    partition: message.partition,
    offset: message.offset,
    group: data['dlq-group'],
    failedAt: data['dlq-failed-at'],
    attempts: data['dlq-attempts'],
    errorName: data['dlq-error-name'],
    error: data['dlq-error'],
    eventId: data.ce_id,
    replayedAt: undefined,
  };
}
