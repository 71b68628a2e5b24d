import type { Shop } from '@onsale/tests/support';

/** What a day's snapshot lists: position, product, pieces sold. */
export async function snapshotItems(shop: Pick<Shop, 'rows'>, day: string): Promise<unknown[][]> {
  const rows = await shop.rows(
    'SELECT position, product_id, quantity_sold FROM bestseller_snapshot_items WHERE day = ? ORDER BY position',
    [day],
  );
  return rows.map((row) => [row.position, row.product_id, row.quantity_sold]);
}
