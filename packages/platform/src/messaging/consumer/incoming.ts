import type { KafkaMessage } from 'kafkajs';
import type { ReceivedEvent, TypedEvent } from '../event.ts';
import { eventOf } from '../event-message.ts';

/** A message on its way to its handler. */
export interface Incoming {
  /** Without the platform's prefix. */
  readonly topic: string;
  readonly partition: number;
  readonly message: KafkaMessage;
}

/** What a message turned out to be. */
export type Opened<D> =
  | { readonly kind: 'event'; readonly event: TypedEvent<D> }
  | { readonly kind: 'unreadable'; readonly error: unknown }
  | { readonly kind: 'not-ours' };

/** Names the one group that a message sent again is for. */
export const replayForHeader = 'replay-for';

/** Reads a message as the group sees it. */
export function openIncoming<D>(
  { topic, message }: Incoming,
  { group, parse }: { readonly group: string; readonly parse: (received: ReceivedEvent) => D },
): Opened<D> {
  const only = message.headers?.[replayForHeader]?.toString();
  if (only !== undefined && only !== group) return { kind: 'not-ours' };
  try {
    const received = eventOf(topic, message);
    return { kind: 'event', event: { ...received, data: parse(received) } };
  } catch (error) {
    return { kind: 'unreadable', error };
  }
}
