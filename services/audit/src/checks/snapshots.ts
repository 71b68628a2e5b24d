import type { Check } from './check.ts';
import { countAll } from './count-all.ts';
import { findBroken, type Probe } from './find-broken.ts';
import {
  misplacedItems,
  missingDays,
  missingItems,
  strayItems,
  wrongEntries,
  wrongQuantities,
} from './snapshot-sql.ts';

const probes: readonly Probe[] = [
  { problem: 'the entries are not numbered from 1 to their count', sql: wrongEntries },
  { problem: 'an item is of no snapshot', sql: strayItems },
  { problem: 'an item stands before one that sold more, or as much with a lower id', sql: misplacedItems },
  { problem: 'a quantity is not what the day sold', sql: wrongQuantities },
  { problem: 'a product that sold enough is not in the snapshot', sql: missingItems },
  { problem: 'a day with sales ended long ago and has no snapshot', sql: missingDays },
];

export const snapshots: Check = {
  name: 'snapshots',
  promise:
    'Every ended day has one list of its bestsellers: each product in its place with what the day sold less what was cancelled by then.',
  needs: [],
  run: async ({ commerce, snapshotSize }) => ({
    counted: await countAll(
      commerce,
      `SELECT COUNT(*) AS 'days', (SELECT COUNT(*) FROM bestseller_snapshot_items) AS 'items',
              SUM(unhandled_events > 0) AS 'taken with events unhandled' FROM bestseller_snapshots`,
    ),
    ...(await findBroken(commerce, probes, { snapshotSize, takenAt: commerce.takenAt })),
  }),
};
