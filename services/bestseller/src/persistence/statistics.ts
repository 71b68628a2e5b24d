import type { Reading, Tx } from '@onsale/platform/database';
import type { Day } from '../domain/day.ts';
import type { SalesChange } from '../domain/sale.ts';

/** What was sold of a product on a day; a higher version is the newer word. */
export interface Statistic {
  readonly productId: string;
  readonly quantitySold: number;
  readonly version: number;
}

/** What was sold of the products of a day. */
export interface DayStatistics {
  readonly day: Day;
  readonly rows: readonly Statistic[];
}

const PORTION = 1_000;

const columns = 'product_id AS productId, quantity_sold AS quantitySold, version';

/** Adds to the totals, which rows of one transaction after the other do; the changes must be sorted. */
export async function addToStatistics(tx: Tx, changes: readonly SalesChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.change(
    `INSERT INTO product_statistics (day, product_id, quantity_sold, version) VALUES :rows AS new
       ON DUPLICATE KEY UPDATE
         quantity_sold = product_statistics.quantity_sold + new.quantity_sold,
         version = product_statistics.version + 1`,
    { rows: changes.map(({ day, productId, change }) => [day, productId, change, 1]) },
  );
}

/** Sets totals to what they should be; so many at once that a statement stays short. */
export async function setStatistics(
  tx: Tx,
  day: Day,
  totals: readonly { readonly productId: string; readonly quantitySold: number }[],
): Promise<void> {
  for (let start = 0; start < totals.length; start += PORTION) {
    await tx.change(
      `INSERT INTO product_statistics (day, product_id, quantity_sold, version) VALUES :rows AS new
         ON DUPLICATE KEY UPDATE quantity_sold = new.quantity_sold, version = product_statistics.version + 1`,
      {
        rows: totals
          .slice(start, start + PORTION)
          .map(({ productId, quantitySold }) => [day, productId, quantitySold, 1]),
      },
    );
  }
}

/** The statistics of these products of a day; a product that was never sold on it is absent. */
export async function findStatistics(reading: Reading, day: Day, productIds: readonly string[]): Promise<Statistic[]> {
  if (productIds.length === 0) return [];
  return reading.rows<Statistic>(
    `SELECT ${columns} FROM product_statistics WHERE day = :day AND product_id IN (:productIds) ORDER BY product_id`,
    { day, productIds },
  );
}

/** A page of a day's statistics in the order of product ids. */
export function pageOfStatistics(reading: Reading, day: Day, after: string, limit: number): Promise<Statistic[]> {
  return reading.rows<Statistic>(
    `SELECT ${columns} FROM product_statistics WHERE day = :day AND product_id > :after ORDER BY product_id LIMIT :limit`,
    { day, after, limit },
  );
}

/** All of a day's statistics. */
export function allStatistics(reading: Reading, day: Day): Promise<Statistic[]> {
  return reading.rows<Statistic>(`SELECT ${columns} FROM product_statistics WHERE day = :day`, { day });
}
