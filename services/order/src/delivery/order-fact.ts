import { orderCancelled, orderCompleted } from '@onsale/contracts';
import type { ReceivedEvent } from '@onsale/platform/messaging';

/** An event about an order, as it is passed on. */
export interface OrderFact {
  readonly orderId: string;
  /** The event's data as they were received: a repeat by a release that knows other fields must be the same. */
  readonly asReceived: unknown;
}

const kinds = [orderCompleted, orderCancelled];

/** The topics whose events the data platform is told of. */
export const deliveredTopics: readonly string[] = kinds.map(({ topic }) => topic);

/** @throws Error when the event is not of the kind that its topic holds */
export function orderFactOf(received: ReceivedEvent): OrderFact {
  const kind = kinds.find(({ topic }) => topic === received.topic);
  if (kind === undefined) throw new Error(`${received.topic} holds nothing for the data platform`);
  return { orderId: kind.parse(received).orderId, asReceived: received.data };
}
