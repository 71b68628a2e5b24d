import type { Reading } from '@onsale/platform/database';
import type { Day } from '../domain/day.ts';

/** A product with its names and the pieces sold. */
export interface RankedProduct {
  readonly productId: string;
  readonly name: string;
  readonly nameKo: string;
  readonly quantitySold: number;
}

/** The products that were sold most from the first to the last day, ties by id, by the statistics. */
export function rankProducts(
  reading: Reading,
  { from, to, limit }: { from: Day; to: Day; limit: number },
): Promise<RankedProduct[]> {
  return reading.rows<RankedProduct>(
    `SELECT ranked.product_id AS productId, products.name, products.name_ko AS nameKo, ranked.sold AS quantitySold
       FROM (SELECT product_id, CAST(SUM(quantity_sold) AS SIGNED) AS sold
               FROM product_statistics WHERE day BETWEEN :from AND :to
              GROUP BY product_id HAVING sold > 0
              ORDER BY sold DESC, product_id LIMIT :limit) AS ranked
       JOIN products ON products.id = ranked.product_id
      ORDER BY ranked.sold DESC, ranked.product_id`,
    { from, to, limit },
  );
}
