import { balanceChanged } from '@onsale/contracts';
import { ascii } from './ascii.ts';
import type { Check } from './check.ts';
import { countAll } from './count-all.ts';
import { findBroken, type Probe } from './find-broken.ts';
import { inRanges } from './in-ranges.ts';
import { tooOld } from './too-old.ts';

const entryId = ascii(`JSON_VALUE(data, '$.entryId')`);

const counts = `SELECT ${entryId} AS entry_id, COUNT(*) AS events FROM outbox WHERE type = :type GROUP BY entry_id`;

// Seeded charges may have been written without a word.
const notOnce = `
  SELECT e.id AS entryId, e.user_id AS userId, e.version, IFNULL(told.events, 0) AS events
    FROM point_entries e LEFT JOIN (${counts}) AS told ON told.entry_id = e.id
   WHERE told.events > 1
      OR (told.events IS NULL AND e.created_at >= :eventsSince AND NOT (e.kind = 'charge' AND e.reference LIKE 'seed%'))`;

const wrong: Probe = {
  problem: "an event does not say its entry's numbers",
  sql: `SELECT told.event_id AS eventId, told.data, e.version, e.balance_after AS balanceAfter, e.amount
          FROM (SELECT event_id, message_key, data, ${entryId} AS entry_id FROM outbox
                 WHERE id BETWEEN :first AND :last AND type = :type) AS told
          LEFT JOIN point_entries e ON e.id = told.entry_id
         WHERE NOT (told.message_key <=> e.user_id
           AND JSON_VALUE(told.data, '$.userId') <=> e.user_id
           AND JSON_VALUE(told.data, '$.kind') <=> e.kind
           AND JSON_VALUE(told.data, '$.amount' RETURNING SIGNED) <=> e.amount
           AND JSON_VALUE(told.data, '$.version' RETURNING SIGNED) <=> e.version
           AND JSON_VALUE(told.data, '$.balance' RETURNING SIGNED) <=> e.balance_after)`,
};

export const balanceEvents: Check = {
  name: 'balance-events',
  promise: 'Every entry of the ledger was told once, with its version and the balance after it.',
  needs: [],
  run: async ({ commerce, eventsSince }) => {
    const values = { type: balanceChanged.type, eventsSince };
    const { older, ...counted } = await countAll(
      commerce,
      `SELECT COUNT(*) AS 'events', (SELECT COUNT(*) FROM point_entries WHERE created_at < :eventsSince) AS older
         FROM outbox WHERE type = :type`,
      values,
    );
    const missing = await findBroken(
      commerce,
      [{ problem: 'an entry does not have exactly one event', sql: notOnce }],
      values,
    );
    const untrue = await inRanges(commerce, 'outbox', (range) =>
      findBroken(commerce, [wrong], { ...values, ...range }),
    );
    return {
      counted,
      total: missing.total + untrue.total,
      rows: [...missing.rows, ...untrue.rows],
      remarks: tooOld(older, 'entries', eventsSince),
    };
  },
};
