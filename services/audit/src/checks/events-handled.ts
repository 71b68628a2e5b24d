import type { Check } from './check.ts';
import { countAll } from './count-all.ts';
import { findBroken } from './find-broken.ts';
import { statisticsNames } from './statistics-names.ts';
import { tooOld } from './too-old.ts';
import { unhandledEvents } from './unhandled-events.ts';

const unhandled = `
  SELECT e.id, e.event_id AS eventId, e.type, e.message_key AS orderId, e.sent_at AS sentAt
    FROM ${unhandledEvents} AND e.sent_at >= :inboxSince`;

export const eventsHandled: Check = {
  name: 'events-handled',
  promise: 'At rest, every order event that was sent has been handled by the statistics.',
  // Without the brokers nobody knows whether the consumer is still at it.
  needs: ['rest', 'kafka'],
  run: async ({ commerce, inboxSince }) => {
    const values = { ...statisticsNames, inboxSince };
    const { older, ...counted } = await countAll(
      commerce,
      `SELECT SUM(sent_at IS NOT NULL) AS 'sent', SUM(sent_at < :inboxSince) AS older,
              (SELECT COUNT(*) FROM inbox WHERE consumer = :statistics) AS 'handled'
         FROM outbox WHERE type IN (:completed, :cancelled)`,
      values,
    );
    return {
      counted,
      ...(await findBroken(commerce, [{ problem: 'the event was sent and not handled', sql: unhandled }], values)),
      remarks: tooOld(older, 'order events', inboxSince),
    };
  },
};
