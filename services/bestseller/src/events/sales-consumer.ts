import { orderCancelled, orderCompleted } from '@onsale/contracts';
import { type BatchConsumerOptions, createBatchConsumer, type ReceivedEvent } from '@onsale/platform/messaging';
import type { Job } from '@onsale/platform/service';
import { dayOf } from '../domain/day.ts';
import type { Sale } from '../domain/sale.ts';
import { SALES_CONSUMER, type SaleEvent } from '../usecases/count-sales.ts';

type Foundations = Pick<BatchConsumerOptions<unknown>, 'kafka' | 'log' | 'metrics'>;

/** Topics whose events change what was sold. */
export const salesTopics = [orderCompleted.topic, orderCancelled.topic];

/** What an order's event says was sold; a cancellation takes it back on the day of its sale. */
export function saleOf(received: ReceivedEvent): Sale {
  if (received.topic === orderCompleted.topic) {
    const { completedAt, items } = orderCompleted.parse(received);
    return { day: dayOf(new Date(completedAt)), items };
  }
  const { completedAt, items } = orderCancelled.parse(received);
  return {
    day: dayOf(new Date(completedAt)),
    items: items.map(({ productId, quantity }) => ({ productId, quantity: -quantity })),
  };
}

/** Counts what orders sold and what cancellations took back. */
export const salesConsumer = (foundations: Foundations, count: (events: readonly SaleEvent[]) => Promise<void>): Job =>
  createBatchConsumer<Sale>({
    ...foundations,
    group: SALES_CONSUMER,
    topics: salesTopics,
    part: 'statistics',
    parse: saleOf,
    handleBatch: (events) => count(events),
  });
