import type { Damage } from './damage.ts';
import type { ToldMessage } from './told-topics.ts';

const isOf =
  (topic: string, key: string) =>
  (message: ToldMessage): boolean =>
    message.topic === topic && message.key === key;

const quiet = isOf('order-completed', 'order-quiet');

const changing =
  (change: (message: ToldMessage) => Partial<ToldMessage>) =>
  (messages: readonly ToldMessage[]): ToldMessage[] =>
    messages.map((message) => (quiet(message) ? { ...message, ...change(message) } : message));

const adding =
  (change: (message: ToldMessage) => Partial<ToldMessage>) =>
  (messages: readonly ToldMessage[]): ToldMessage[] => [
    ...messages,
    ...messages.filter(quiet).map((message) => ({ ...message, ...change(message) })),
  ];

const withHeaders =
  (headers: Record<string, string>) =>
  (message: ToldMessage): Partial<ToldMessage> => ({ headers: { ...message.headers, ...headers } });

const otherData = ({ value }: ToldMessage) => ({ value: value.replace('"quantity":1', '"quantity":2') });

/** The last two messages of a key change places. */
function swapped(messages: readonly ToldMessage[]): ToldMessage[] {
  const places = messages.flatMap((message, place) => (isOf('balance-changed', 'ann')(message) ? [place] : []));
  const [one = 0, other = 0] = places.slice(-2);
  return messages.map((message, place) => messages[place === one ? other : place === other ? one : place] ?? message);
}

/** Damages to what is in the topics. */
export const topicDamages: readonly Damage[] = [
  {
    check: 'events-delivered',
    damage: 'a message lost',
    messages: (messages) => messages.filter((message) => !quiet(message)),
    named: 'order-quiet',
  },
  {
    check: 'events-delivered',
    damage: 'a message under another key',
    messages: changing(() => ({ key: 'order-mixed' })),
    named: 'order-quiet',
  },
  {
    check: 'events-delivered',
    damage: 'a message with other data',
    messages: changing(otherData),
    named: 'order-quiet',
  },
  {
    check: 'events-delivered',
    damage: 'a message of another type',
    messages: changing(withHeaders({ ce_type: 'onsale.order-completed.v2' })),
    named: 'order-quiet',
  },
  {
    check: 'events-delivered',
    damage: 'a message in another topic',
    messages: changing(() => ({ topic: 'order-cancelled' })),
    named: 'order-quiet',
  },
  {
    check: 'events-delivered',
    damage: 'two messages of a key in the wrong order',
    messages: swapped,
    named: 'ann',
  },
  {
    check: 'events-delivered',
    damage: 'a message of an event that nobody wrote',
    messages: adding(withHeaders({ ce_id: 'event-from-nowhere' })),
    named: 'event-from-nowhere',
  },
  {
    check: 'events-delivered',
    damage: 'an event told again with other data',
    messages: adding(otherData),
    named: 'order-quiet',
  },
  {
    check: 'events-delivered',
    damage: 'a message that is no event',
    messages: adding(() => ({ headers: {}, key: 'no-event' })),
    named: 'no-event',
  },
];
