import type { Day } from './day.ts';

/** What one event says was sold, or taken back: then the quantities are negative. */
export interface Sale {
  readonly day: Day;
  readonly items: readonly { readonly productId: string; readonly quantity: number }[];
}

/** By how much the pieces sold of a product on a day change. */
export interface SalesChange {
  readonly day: Day;
  readonly productId: string;
  readonly change: number;
}

const order = (a: SalesChange, b: SalesChange): number =>
  a.day === b.day ? compare(a.productId, b.productId) : compare(a.day, b.day);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One change for each product and day, in the order in which rows are locked. */
export function sumSales(sales: readonly Sale[]): SalesChange[] {
  const changes = new Map<string, SalesChange>();
  for (const { day, items } of sales) {
    for (const { productId, quantity } of items) {
      const place = `${day} ${productId}`;
      changes.set(place, { day, productId, change: (changes.get(place)?.change ?? 0) + quantity });
    }
  }
  return [...changes.values()].sort(order);
}
