import { productChanged } from '@onsale/contracts';
import type { Answer, Tx } from '@onsale/platform/database';
import { writeOutbox } from '@onsale/platform/messaging';
import type { Clock, Ids } from '@onsale/platform/service';
import { findProduct } from '../persistence/find-product.ts';
import { lockProducts } from '../persistence/lock-products.ts';
import { moveStock } from '../persistence/move-stock.ts';
import { toProduct } from '../persistence/product-row.ts';
import { productNotFound, stockTooLow } from './refusals.ts';

export interface ChangeStock {
  readonly productId: string;
  /** Pieces to add, or to take away when negative. */
  readonly change: number;
}

/**
 * Adds pieces or takes unsold ones away, with a line in the stock's own history.
 * @throws DomainError `product-not-found`, or `stock-too-low` when more are to be taken away than there are
 */
export const changeStock =
  ({ clock, ids }: { clock: Clock; ids: Ids }) =>
  async (tx: Tx, { productId, change }: ChangeStock): Promise<Answer> => {
    const now = clock.now();
    const locked = await lockProducts(tx, [productId]);
    const before = locked.get(productId);
    if (before === undefined) throw productNotFound(productId);
    if (before.stock + change < 0) throw stockTooLow(productId, before.stock);

    const nextId = () => ids.next();
    const { events } = await moveStock(tx, { moves: [{ productId, change }], locked, now, nextId });
    const changeId = ids.next();
    await tx.change(
      `INSERT INTO stock_changes (id, product_id, change_by, kind, reference, created_at)
       VALUES (:changeId, :productId, :change, :kind, :changeId, :now)`,
      { changeId, productId, change, kind: change > 0 ? 'restocked' : 'withdrawn', now },
    );
    const after = await findProduct(tx, productId);
    if (after === undefined) throw productNotFound(productId);
    const stockChanged = productChanged.create({
      id: ids.next(),
      source: 'product',
      time: now,
      data: { productId, version: after.version, available: after.stock > 0, reason: 'stock-changed' },
    });
    // One event is enough: the one that says sold out or available says that the stock changed.
    await writeOutbox(tx, events.length > 0 ? events : [stockChanged]);
    return { status: 200, body: toProduct(after), reference: changeId };
  };
