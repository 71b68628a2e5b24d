import {
  type Answer,
  type Database,
  type IdempotentAnswer,
  idempotent,
  requestHash,
  type Tx,
} from '@onsale/platform/database';
import { writeOutbox } from '@onsale/platform/messaging';
import type { Cache, InFlight, RecentWrites } from '@onsale/platform/redis';
import type { Clock, Ids } from '@onsale/platform/service';
import { lockAccounts, type PostedAccount, postEntries, rememberBalances } from '@onsale/point/tx';
import { lockProducts, type MovedProduct, moveStock } from '@onsale/product/tx';
import { findOrder, toOrder } from '../persistence/find-order.ts';
import { cancellationEvent } from './order-events.ts';
import { notOwner, orderAlreadyCancelled, orderNotFound } from './refusals.ts';
import type { SoldOutFlags } from './sold-out-flags.ts';

/** The route's name in the scope of its idempotency keys. */
const CANCEL_ORDER = 'orders.cancel';

export interface CancelOrder {
  readonly database: Database;
  readonly inFlight: InFlight;
  readonly cache: Cache;
  readonly recentWrites: RecentWrites;
  readonly soldOut: SoldOutFlags;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Called after a commit that left something in the outbox. */
  readonly onCommitted: () => void;
}

interface Cancelled {
  readonly answer: Answer;
  readonly accounts: readonly PostedAccount[];
  readonly products: readonly MovedProduct[];
}

/**
 * Takes an order back: its points return to the account, its pieces to the stock.
 * @throws DomainError `order-not-found`, `not-owner`, `order-already-cancelled`, `request-in-progress`
 */
export const cancelOrder =
  (ports: CancelOrder) =>
  async (orderId: string, userId: string, key: string): Promise<IdempotentAnswer> => {
    let cancelled: Cancelled | undefined;
    const answer = await idempotent({
      database: ports.database,
      inFlight: ports.inFlight,
      name: CANCEL_ORDER,
      request: { userId, route: CANCEL_ORDER, key, requestHash: requestHash({ orderId }) },
      work: async (tx) => {
        cancelled = await cancelInTransaction(ports, tx, { orderId, userId });
        return cancelled.answer;
      },
    });
    if (answer.replayed || cancelled === undefined) return answer;
    ports.onCommitted();
    await Promise.all([
      ports.recentWrites.remember([userId], answer.gtid),
      rememberBalances(ports.cache, cancelled.accounts),
      ports.soldOut.note(cancelled.products),
    ]);
    return answer;
  };

async function cancelInTransaction(
  { clock, ids }: CancelOrder,
  tx: Tx,
  { orderId, userId }: { orderId: string; userId: string },
): Promise<Cancelled> {
  const now = clock.now();
  const nextId = () => ids.next();
  // What was ordered, and by whom, never changes: a plain read may tell it. The state is decided by the update.
  const order = await findOrder(tx, orderId);
  if (order === undefined) throw orderNotFound(orderId);
  if (order.userId !== userId) throw notOwner();
  const changed = await tx.change(
    `UPDATE orders SET status = 'CANCELLED', cancelled_at = :now WHERE id = :orderId AND status = 'COMPLETED'`,
    { orderId, now },
  );
  if (changed === 0) throw orderAlreadyCancelled(orderId);

  const products = await lockProducts(
    tx,
    order.items.map((item) => item.productId),
  );
  const accounts = await lockAccounts(tx, [userId]);
  const stock = await moveStock(tx, {
    moves: order.items.map(({ productId, quantity }) => ({ productId, change: quantity })),
    locked: products,
    now,
    nextId,
  });
  const points = await postEntries(tx, {
    entries: [{ id: nextId(), userId, kind: 'refund', reference: orderId, amount: order.total }],
    locked: accounts,
    now,
    nextId,
    source: 'order',
  });
  await writeOutbox(tx, [cancellationEvent(order, now, nextId), ...points.events, ...stock.events]);
  return {
    answer: {
      status: 200,
      body: toOrder({ ...order, status: 'CANCELLED', cancelledAt: now }),
      reference: orderId,
    },
    accounts: points.accounts,
    products: stock.moved,
  };
}
