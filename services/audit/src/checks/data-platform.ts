import { z } from 'zod';
import { orderTypes } from '../outside/consumers.ts';
import { type Delivery, listDeliveries } from '../outside/list-deliveries.ts';
import { type BrokenList, brokenList } from './broken-list.ts';
import type { AuditScope, Check } from './check.ts';
import { digestOf } from './digest-of.ts';
import { notInOutboxNow } from './not-in-outbox-now.ts';
import { outboxRows } from './outbox-rows.ts';
import { tooOld } from './too-old.ts';

interface Delivered {
  readonly orderId: string;
  readonly digest: number;
  /** Young enough for its row not to have been purged. */
  readonly recent: boolean;
}

// What happened long ago and was delivered late is as old as its order.
const times = z.object({ completedAt: z.iso.datetime(), cancelledAt: z.iso.datetime().optional() });

function isRecent({ receivedAt, data }: Delivery, since: Date): boolean {
  const { completedAt, cancelledAt = completedAt } = times.safeParse(data).data ?? {};
  return receivedAt >= since && (cancelledAt === undefined || new Date(cancelledAt) >= since);
}

const contents = (orderId: string, type: string, data: unknown): number => digestOf([orderId, type, data]);

async function compareRows(
  { commerce, eventsSince }: Pick<AuditScope, 'commerce' | 'eventsSince'>,
  byId: Map<string, Delivered>,
  broken: BrokenList,
): Promise<{ compared: number; older: number }> {
  let compared = 0;
  let older = 0;
  for await (const { eventId, messageKey, type, data, sentAt } of outboxRows(commerce, orderTypes)) {
    const delivered = byId.get(eventId);
    byId.delete(eventId);
    const row = { eventId, type, orderId: messageKey };
    if (delivered !== undefined) {
      compared += 1;
      if (delivered.digest !== contents(messageKey, type, data)) broken.add('an event has other contents there', row);
    } else if (sentAt !== undefined && sentAt >= eventsSince) broken.add('an event was sent and did not arrive', row);
    else if (sentAt !== undefined) older += 1;
  }
  return { compared, older };
}

export const dataPlatform: Check = {
  name: 'data-platform',
  promise: 'At rest, the data platform has every order event that was sent, once and as it was written, and no other.',
  // Without the brokers nobody knows whether the sender is still at it.
  needs: ['rest', 'kafka', 'data-platform'],
  run: async (scope) => {
    const { commerceNow, dataPlatform: access, eventsSince, readTimeoutMs } = scope;
    if (access === undefined) throw new TypeError('a data platform is needed');
    const broken = brokenList();
    const byId = new Map<string, Delivered>();
    let deliveries = 0;
    for await (const delivery of listDeliveries(access, readTimeoutMs)) {
      const { eventId, orderId, type, data } = delivery;
      deliveries += 1;
      if (byId.has(eventId)) broken.add('an event is there twice', { eventId, type, orderId });
      byId.set(eventId, { orderId, digest: contents(orderId, type, data), recent: isRecent(delivery, eventsSince) });
    }
    const { compared, older } = await compareRows(scope, byId, broken);
    const strays = [...byId].flatMap(([id, { recent }]) => (recent ? [id] : []));
    for (const eventId of await notInOutboxNow(commerceNow, strays)) {
      broken.add('an event arrived that is not in the outbox', { eventId, orderId: byId.get(eventId)?.orderId });
    }
    const remarks = tooOld(older, 'sent order events', eventsSince);
    return { counted: { delivered: deliveries, compared }, total: broken.total, rows: broken.rows, remarks };
  },
};
