import type { Reading } from '@onsale/platform/database';

/** What a product is called. */
export interface ProductNames {
  readonly id: string;
  readonly name: string;
  readonly nameKo: string;
}

/** The names of the products by id; of one that the reading does not see yet there are none. */
export async function findNames(reading: Reading, productIds: readonly string[]): Promise<Map<string, ProductNames>> {
  if (productIds.length === 0) return new Map();
  const rows = await reading.rows<ProductNames>(
    'SELECT id, name, name_ko AS nameKo FROM products WHERE id IN (:productIds)',
    { productIds },
  );
  return new Map(rows.map((row) => [row.id, row]));
}
