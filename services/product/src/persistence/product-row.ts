import type { Product } from '@onsale/contracts';

/** A row of `products` as the queries of this folder select it. */
export interface ProductRow {
  readonly id: string;
  readonly name: string;
  readonly nameKo: string;
  readonly price: number;
  readonly stock: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The columns of a {@link ProductRow}. */
export const productColumns =
  'id, name, name_ko AS nameKo, price, stock, version, created_at AS createdAt, updated_at AS updatedAt';

/** The row as the API shows it. */
export const toProduct = (row: ProductRow): Product => ({
  ...row,
  available: row.stock > 0,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
