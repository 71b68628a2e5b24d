import type { Tx } from '@onsale/platform/database';

/** A product whose row this transaction holds: nobody else can sell from it until the transaction ends. */
export interface LockedProduct {
  readonly id: string;
  readonly price: number;
  readonly stock: number;
  readonly version: number;
}

/** Locks the rows of the products in id order; one that does not exist is absent from the answer. */
export async function lockProducts(tx: Tx, productIds: readonly string[]): Promise<Map<string, LockedProduct>> {
  const rows = await tx.rows<LockedProduct>(
    'SELECT id, price, stock, version FROM products WHERE id IN (:ids) ORDER BY id FOR UPDATE',
    { ids: [...productIds].sort() },
  );
  return new Map(rows.map((row) => [row.id, row]));
}
