import type { Reading } from '@onsale/platform/database';
import { type ProductRow, productColumns } from './product-row.ts';

/** The product as the reading sees it; inside a transaction, after its own changes. */
export async function findProduct(reading: Reading, productId: string): Promise<ProductRow | undefined> {
  const [row] = await reading.rows<ProductRow>(`SELECT ${productColumns} FROM products WHERE id = :productId`, {
    productId,
  });
  return row;
}
