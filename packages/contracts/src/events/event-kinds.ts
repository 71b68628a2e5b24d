import { balanceChanged } from './balance-changed.ts';
import type { EventKind } from './event.ts';
import { orderCancelled } from './order-cancelled.ts';
import { orderCompleted } from './order-completed.ts';
import { paymentSucceeded } from './payment-succeeded.ts';
import { productChanged } from './product-changed.ts';

/** An event kind whose data may be anything, for those who treat all kinds alike. */
export type AnyEventKind = Pick<EventKind<object>, 'topic' | 'type' | 'schema' | 'parse'>;

/** Every kind of event there is. */
export const eventKinds: readonly AnyEventKind[] = [
  balanceChanged,
  orderCancelled,
  orderCompleted,
  paymentSucceeded,
  productChanged,
];
