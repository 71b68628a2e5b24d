import { identityOf, lockAnswers, storeAnswers, type Tx } from '@onsale/platform/database';
import { writeOutbox } from '@onsale/platform/messaging';
import type { Clock, Ids } from '@onsale/platform/service';
import { lockAccounts, type PostedAccount, postEntries } from '@onsale/point/tx';
import { lockProducts, type MovedProduct, moveStock } from '@onsale/product/tx';
import { productsOf } from '../domain/batch.ts';
import { decideOrder, type Shelf } from '../domain/decide-order.ts';
import { type GrantedOrder, insertOrders, toOrder } from '../persistence/insert-orders.ts';
import { orderEvents } from './order-events.ts';
import type { OrderJob, OrderOutcome } from './order-job.ts';
import { keyReused, refused } from './refusals.ts';
import { replayOrRefuse } from './replay-or-refuse.ts';

/** What a batch did; the outcomes stand in the order of its jobs. */
export interface PlacedBatch {
  readonly outcomes: readonly OrderOutcome[];
  readonly granted: readonly GrantedOrder[];
  readonly accounts: readonly PostedAccount[];
  /** Every product of the batch as it is now. */
  readonly products: readonly MovedProduct[];
}

/**
 * Places a batch of orders in the transaction given: rows are locked in the fixed order (products, accounts, keys),
 * each order is decided on what the locked rows have left, in order of arrival, and one statement a table writes what
 * was granted. Nothing outside of these rows is believed.
 */
export const placeBatch =
  ({ clock, ids }: { clock: Clock; ids: Ids }) =>
  async (tx: Tx, jobs: readonly OrderJob[]): Promise<PlacedBatch> => {
    const products = await lockProducts(tx, productsOf(jobs));
    const accounts = await lockAccounts(
      tx,
      jobs.map((job) => job.userId),
    );
    const answers = await lockAnswers(
      tx,
      jobs.map((job) => job.request),
    );

    const now = clock.now();
    const nextId = () => ids.next();
    const shelf: Shelf = {
      products: new Map([...products].map(([id, { price, stock }]) => [id, { price, stock }])),
      balances: new Map([...accounts].map(([userId, { balance }]) => [userId, balance])),
    };
    const granted: GrantedOrder[] = [];
    const grantedKeys = new Set<string>();
    const outcomes = jobs.map((job): OrderOutcome => {
      const identity = identityOf(job.request);
      const stored = answers.get(identity);
      if (stored !== undefined) return replayOrRefuse(job.request, stored);
      // Two jobs of one key cannot both be in the batch unless their bodies differ: equal ones share an answer.
      if (grantedKeys.has(identity)) return keyReused();
      const decision = decideOrder(job, shelf);
      if (!decision.granted) return refused(decision.reason);
      const order: GrantedOrder = {
        request: job.request,
        id: nextId(),
        userId: job.userId,
        items: decision.items,
        total: decision.total,
        createdAt: now,
      };
      granted.push(order);
      grantedKeys.add(identity);
      return { kind: 'answered', answer: { ...answerTo(order), replayed: false } };
    });
    const untouched = [...products.values()].map(({ id, stock, version }) => ({ productId: id, stock, version }));
    if (granted.length === 0) return { outcomes, granted, accounts: [], products: untouched };

    const stock = await moveStock(tx, { moves: taken(granted), locked: products, now, nextId });
    await insertOrders(tx, granted);
    const points = await postEntries(tx, {
      entries: granted.map((order) => ({
        id: nextId(),
        userId: order.userId,
        kind: 'order',
        reference: order.id,
        amount: -order.total,
      })),
      locked: accounts,
      now,
      nextId,
      source: 'order',
    });
    await storeAnswers(
      tx,
      granted.map((order) => ({ request: order.request, ...answerTo(order) })),
    );
    await writeOutbox(tx, [
      ...granted.flatMap((order) => orderEvents(order, nextId)),
      ...points.events,
      ...stock.events,
    ]);

    const moved = new Map(stock.moved.map((product) => [product.productId, product]));
    return {
      outcomes,
      granted,
      accounts: points.accounts,
      products: untouched.map((product) => moved.get(product.productId) ?? product),
    };
  };

const answerTo = (order: GrantedOrder) => ({
  status: 201,
  location: `/api/orders/${order.id}`,
  body: toOrder(order),
  reference: order.id,
});

function taken(orders: readonly GrantedOrder[]): { productId: string; change: number }[] {
  const quantities = new Map<string, number>();
  for (const item of orders.flatMap((order) => order.items)) {
    quantities.set(item.productId, (quantities.get(item.productId) ?? 0) + item.quantity);
  }
  return [...quantities].map(([productId, quantity]) => ({ productId, change: -quantity }));
}
