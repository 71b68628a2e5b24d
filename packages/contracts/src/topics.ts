import { balanceChanged } from './events/balance-changed.ts';
import { orderCancelled } from './events/order-cancelled.ts';
import { orderCompleted } from './events/order-completed.ts';
import { paymentSucceeded } from './events/payment-succeeded.ts';
import { productChanged } from './events/product-changed.ts';

/** Every topic there is; brokers make none by themselves. */
export const topics: readonly string[] = [
  balanceChanged.topic,
  orderCancelled.topic,
  orderCompleted.topic,
  paymentSucceeded.topic,
  productChanged.topic,
];
