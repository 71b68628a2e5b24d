import { type DomainEvent, productChanged } from '@onsale/contracts';
import type { Tx } from '@onsale/platform/database';
import type { LockedProduct } from './lock-products.ts';

/** How the pieces of one product change: negative when sold or withdrawn. */
export interface StockMove {
  readonly productId: string;
  readonly change: number;
}

export interface MoveStock {
  readonly moves: readonly StockMove[];
  /** The rows as {@link lockProducts} locked them in this transaction. */
  readonly locked: ReadonlyMap<string, LockedProduct>;
  readonly now: Date;
  readonly nextId: () => string;
}

/** What a product has after the move; a higher version is the newer word. */
export interface MovedProduct {
  readonly productId: string;
  readonly stock: number;
  readonly version: number;
}

/**
 * Moves stock in one statement, which holds by itself: a row that would fall below zero, or that changed since it was
 * locked, is not touched, and then the whole transaction is given up.
 *
 * @returns the products as they are now, and the `product-changed` events of those that became sold out or available
 */
export async function moveStock(
  tx: Tx,
  { moves, locked, now, nextId }: MoveStock,
): Promise<{ moved: MovedProduct[]; events: DomainEvent[] }> {
  const rows = moves.map((move) => {
    const product = locked.get(move.productId);
    if (product === undefined) throw new Error(`product ${move.productId} is not locked`);
    return { ...move, before: product };
  });
  if (rows.length === 0) return { moved: [], events: [] };

  const changed = await tx.change(
    `UPDATE JSON_TABLE(:moves, '$[*]' COLUMNS (
         product_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PATH '$.productId',
         change_by INT PATH '$.change',
         version BIGINT PATH '$.version')) AS move
       STRAIGHT_JOIN products ON products.id = move.product_id
       SET products.stock = products.stock + move.change_by,
           products.version = products.version + 1,
           products.updated_at = :now
     WHERE products.version = move.version AND products.stock + move.change_by >= 0`,
    {
      moves: JSON.stringify(
        rows.map(({ productId, change, before }) => ({ productId, change, version: before.version })),
      ),
      now,
    },
  );
  if (changed !== rows.length) throw new Error(`stock of ${rows.length} products was to change, of ${changed} it did`);

  const moved = rows.map(({ productId, change, before }) => ({
    productId,
    stock: before.stock + change,
    version: before.version + 1,
  }));
  const events = rows.flatMap(({ productId, change, before }) => {
    const available = before.stock + change > 0;
    if (available === before.stock > 0) return [];
    return productChanged.create({
      id: nextId(),
      source: 'product',
      time: now,
      data: { productId, version: before.version + 1, available, reason: available ? 'available' : 'sold-out' },
    });
  });
  return { moved, events };
}
