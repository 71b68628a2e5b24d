import { type CreateProductBody, productChanged } from '@onsale/contracts';
import type { Answer, Tx } from '@onsale/platform/database';
import { writeOutbox } from '@onsale/platform/messaging';
import type { Clock, Ids } from '@onsale/platform/service';
import { toProduct } from '../persistence/product-row.ts';

/** Creates the product with its first stock, and says so. */
export const createProduct =
  ({ clock, ids }: { clock: Clock; ids: Ids }) =>
  async (tx: Tx, body: CreateProductBody): Promise<Answer> => {
    const now = clock.now();
    const id = ids.next();
    const product = toProduct({ ...body, id, version: 1, createdAt: now, updatedAt: now });
    await tx.change(
      `INSERT INTO products (id, name, name_ko, price, stock, version, created_at, updated_at)
       VALUES (:id, :name, :nameKo, :price, :stock, 1, :now, :now)`,
      { ...body, id, now },
    );
    await tx.change(
      `INSERT INTO stock_changes (id, product_id, change_by, kind, reference, created_at)
       VALUES (:changeId, :id, :stock, 'created', :id, :now)`,
      { changeId: ids.next(), id, stock: body.stock, now },
    );
    await writeOutbox(tx, [
      productChanged.create({
        id: ids.next(),
        source: 'product',
        time: now,
        data: { productId: id, version: 1, available: body.stock > 0, reason: 'created' },
      }),
    ]);
    return { status: 201, location: `/api/products/${id}`, body: product, reference: id };
  };
