import { readMessages } from '../outside/read-messages.ts';
import { keyOrder } from '../topics/key-order.ts';
import { whereIs } from '../topics/place.ts';
import { contentsDigest, type ToldEvents, toldEvents } from '../topics/told-events.ts';
import { type BrokenList, brokenList } from './broken-list.ts';
import type { AuditScope, Check } from './check.ts';
import { notInOutboxNow } from './not-in-outbox-now.ts';
import { outboxRows } from './outbox-rows.ts';
import { tooOld } from './too-old.ts';

/** Compares each row with its message and takes that away; what is left then is of no row. */
async function compareRows(
  { commerce, eventsSince }: Pick<AuditScope, 'commerce' | 'eventsSince'>,
  { byId }: ToldEvents,
  broken: BrokenList,
): Promise<{ compared: number; older: number }> {
  const overtook = keyOrder();
  let compared = 0;
  let older = 0;
  for await (const { eventId, topic, messageKey, type, data, sentAt } of outboxRows(commerce)) {
    const told = byId.get(eventId);
    byId.delete(eventId);
    const row = { eventId, topic, messageKey, type };
    if (told !== undefined) {
      compared += 1;
      if (told.digest !== contentsDigest(topic, messageKey, type, data)) {
        broken.add('a message does not have the key, type or data of its event, or is in another topic', row);
      } else if (overtook(messageKey, told)) {
        broken.add('an event is in its topic before an earlier one of its key', row);
      }
    } else if (sentAt !== undefined && sentAt >= eventsSince)
      broken.add('an event was sent and is not in its topic', row);
    else if (sentAt !== undefined) older += 1;
  }
  return { compared, older };
}

async function findStrays(
  { commerceNow }: Pick<AuditScope, 'commerceNow'>,
  { byId }: ToldEvents,
  broken: BrokenList,
): Promise<void> {
  const ids = [...byId].flatMap(([id, { recent }]) => (recent ? [id] : []));
  for (const eventId of await notInOutboxNow(commerceNow, ids)) {
    const { topic, place = 0 } = byId.get(eventId) ?? {};
    broken.add('a message tells of an event that is not in the outbox', { eventId, topic, ...whereIs(place) });
  }
}

export const eventsDelivered: Check = {
  name: 'events-delivered',
  promise:
    'Every event that was sent is in its topic as it was written, in the order of its key, and the topics hold nothing else.',
  needs: ['kafka'],
  run: async (scope) => {
    const { kafka, readTimeoutMs, eventsSince } = scope;
    if (kafka === undefined) throw new TypeError('brokers are needed');
    const broken = brokenList();
    const told = toldEvents(broken, eventsSince);
    // Read after the snapshot was taken: what is sent by it is in them already.
    await readMessages(kafka, readTimeoutMs, told.add);
    const { compared, older } = await compareRows(scope, told, broken);
    await findStrays(scope, told, broken);
    return {
      counted: { messages: told.messages, repeats: told.repeats, compared },
      total: broken.total,
      rows: broken.rows,
      remarks: tooOld(older, 'sent events', eventsSince),
    };
  },
};
