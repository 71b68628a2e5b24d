import type { Check } from './check.ts';
import { countAll } from './count-all.ts';
import { findBroken } from './find-broken.ts';

const unsent = `
  SELECT id, event_id AS eventId, topic, message_key AS messageKey, created_at AS createdAt
    FROM outbox WHERE sent_at IS NULL`;

export const outboxDelivered: Check = {
  name: 'outbox-delivered',
  promise: 'At rest, every event in the outbox has been sent.',
  needs: ['rest'],
  run: async ({ commerce }) => ({
    counted: await countAll(commerce, `SELECT COUNT(*) AS 'events', SUM(sent_at IS NOT NULL) AS 'sent' FROM outbox`),
    ...(await findBroken(commerce, [{ problem: 'the event was not sent', sql: unsent }])),
  }),
};
