import { type ChangeProductBody, type Product, productChanged } from '@onsale/contracts';
import type { Database } from '@onsale/platform/database';
import { writeOutbox } from '@onsale/platform/messaging';
import type { Clock, Ids } from '@onsale/platform/service';
import { findProduct } from '../persistence/find-product.ts';
import { lockProducts } from '../persistence/lock-products.ts';
import { toProduct } from '../persistence/product-row.ts';
import { productNotFound } from './refusals.ts';

/**
 * Changes names or price; orders already placed keep the price they had.
 * @throws DomainError `product-not-found`
 */
export const changeProduct =
  ({ database, clock, ids }: { database: Database; clock: Clock; ids: Ids }) =>
  async (productId: string, change: ChangeProductBody): Promise<Product> => {
    const { value } = await database.transaction('products.change', async (tx) => {
      const now = clock.now();
      await lockProducts(tx, [productId]);
      const before = await findProduct(tx, productId);
      if (before === undefined) throw productNotFound(productId);
      const after = {
        ...before,
        name: change.name ?? before.name,
        nameKo: change.nameKo ?? before.nameKo,
        price: change.price ?? before.price,
        version: before.version + 1,
        updatedAt: now,
      };
      await tx.change(
        `UPDATE products SET name = :name, name_ko = :nameKo, price = :price, version = version + 1, updated_at = :now
         WHERE id = :productId`,
        { productId, name: after.name, nameKo: after.nameKo, price: after.price, now },
      );
      await writeOutbox(tx, [
        productChanged.create({
          id: ids.next(),
          source: 'product',
          time: now,
          data: { productId, version: after.version, available: after.stock > 0, reason: 'changed' },
        }),
      ]);
      return toProduct(after);
    });
    return value;
  };
