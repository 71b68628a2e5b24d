export { type AsyncApiDocument, asyncApi } from './async-api/async-api.ts';
export { balanceChanged } from './events/balance-changed.ts';
export type { DomainEvent, EventKind, Fact } from './events/event.ts';
export { type AnyEventKind, eventKinds } from './events/event-kinds.ts';
export { orderCancelled } from './events/order-cancelled.ts';
export { orderCompleted } from './events/order-completed.ts';
export { paymentSucceeded } from './events/payment-succeeded.ts';
export { productChanged } from './events/product-changed.ts';
export { id } from './fields.ts';
export {
  loginBody,
  type Profile,
  profile,
  type Role,
  refreshBody,
  role,
  type Session,
  session,
  signedUp,
  signupBody,
} from './http/auth.ts';
export { type Bestseller, type Bestsellers, bestseller, bestsellers } from './http/bestsellers.ts';
export {
  cancelOrderBody,
  MAX_ORDER_ITEMS,
  type Order,
  type OrderStatus,
  order,
  type PlaceOrderBody,
  placeOrderBody,
} from './http/orders.ts';
export { pageOf } from './http/page.ts';
export {
  balance,
  type Charged,
  chargeBody,
  charged,
  type PointEntry,
  type PointEntryKind,
  pointEntry,
} from './http/points.ts';
export {
  type ChangeProductBody,
  type CreateProductBody,
  changeProductBody,
  changeStockBody,
  createProductBody,
  type Product,
  product,
} from './http/products.ts';
export { type ProblemCode, problems } from './problems.ts';
export { topics } from './topics.ts';
