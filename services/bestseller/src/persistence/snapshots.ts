import type { Reading, Tx } from '@onsale/platform/database';
import type { Day } from '../domain/day.ts';
import type { RankedProduct } from './rank-products.ts';

export interface SnapshotToTake {
  readonly day: Day;
  readonly takenAt: Date;
  /** How many events of the day were not counted yet. */
  readonly unhandledEvents: number;
  /** The most products that are kept. */
  readonly size: number;
}

/** Writes the day's snapshot by the statistics as they are now; answers undefined, having written nothing, if it has one. */
export async function insertSnapshot(
  tx: Tx,
  { day, takenAt, unhandledEvents, size }: SnapshotToTake,
): Promise<number | undefined> {
  // The first write decides between two that take the same day: the second waits here, and finds the row.
  const first = await tx.change(
    `INSERT IGNORE INTO bestseller_snapshots (day, taken_at, entries, unhandled_events)
     VALUES (:day, :takenAt, 0, :unhandledEvents)`,
    { day, takenAt, unhandledEvents },
  );
  if (first === 0) return undefined;
  const entries = await tx.change(
    `INSERT INTO bestseller_snapshot_items (day, position, product_id, name, name_ko, quantity_sold)
     SELECT :day, ROW_NUMBER() OVER (ORDER BY sold.quantity_sold DESC, sold.product_id) AS place,
            sold.product_id, products.name, products.name_ko, sold.quantity_sold
       FROM (SELECT product_id, quantity_sold FROM product_statistics WHERE day = :day AND quantity_sold > 0
              ORDER BY quantity_sold DESC, product_id LIMIT :size) AS sold
       JOIN products ON products.id = sold.product_id
      ORDER BY place`,
    { day, size },
  );
  await tx.change('UPDATE bestseller_snapshots SET entries = :entries WHERE day = :day', { day, entries });
  return entries;
}

/** Those of the days that have a snapshot. */
export async function daysWithSnapshot(reading: Reading, days: readonly Day[]): Promise<Set<Day>> {
  if (days.length === 0) return new Set();
  const rows = await reading.rows<{ day: Day }>(
    `SELECT DATE_FORMAT(day, '%Y-%m-%d') AS day FROM bestseller_snapshots WHERE day IN (:days)`,
    { days },
  );
  return new Set(rows.map(({ day }) => day));
}

/** The newest day that has a snapshot. */
export async function newestSnapshot(reading: Reading): Promise<Day | undefined> {
  const [row] = await reading.rows<{ day: Day }>(
    `SELECT DATE_FORMAT(day, '%Y-%m-%d') AS day FROM bestseller_snapshots ORDER BY bestseller_snapshots.day DESC LIMIT 1`,
  );
  return row?.day;
}

/** The products of the day's snapshot, the best first; undefined when it has none. */
export async function findSnapshot(reading: Reading, day: Day): Promise<RankedProduct[] | undefined> {
  const [snapshot] = await reading.rows('SELECT day FROM bestseller_snapshots WHERE day = :day', { day });
  if (snapshot === undefined) return undefined;
  return reading.rows<RankedProduct>(
    `SELECT product_id AS productId, name, name_ko AS nameKo, quantity_sold AS quantitySold
       FROM bestseller_snapshot_items WHERE day = :day ORDER BY position`,
    { day },
  );
}
