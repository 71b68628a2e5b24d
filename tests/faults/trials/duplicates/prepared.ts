import type { ServiceProcess } from '@onsale/local';
import { placedOrderId } from '../../../../load-tests/src/sale/placed-order-id.ts';
import type { Request } from '../../load/request.ts';
import { cancelOf, chargeOf, orderOf } from '../../load/requests.ts';
import type { Asking } from '../asking/asking.ts';
import type { TrialShop } from '../ground/trial-shop.ts';

export interface Preparing {
  readonly shop: TrialShop;
  readonly asking: Asking;
  /** Where orders are placed that are to be cancelled. */
  readonly orders: readonly ServiceProcess[];
}

/** Makes what a flow needs, and a request that can be granted once and no more. */
export type Prepare = (preparing: Preparing) => Promise<Request>;

/** Won. */
const amount = 1_000;

const key = () => crypto.randomUUID();

/** One piece: whoever does it a second time finds nothing left, and must not say so. */
const order: Prepare = async ({ shop }) => {
  const productId = await shop.createProduct(1);
  return orderOf(shop.takeBuyer(), key(), [{ productId, quantity: 1 }]);
};

const charge: Prepare = async ({ shop }) => chargeOf(shop.takeBuyer(), key(), amount);

const cancel: Prepare = async ({ shop, asking, orders }) => {
  const productId = await shop.createProduct(1);
  const buyer = shop.takeBuyer();
  const placed = await asking.ask(orderOf(buyer, key(), [{ productId, quantity: 1 }]), orders.map(shop.wayTo));
  const orderId = placedOrderId(placed);
  if (orderId === undefined) throw new Error(`an order was not placed: ${placed.outcome} ${placed.code ?? ''}`);
  return cancelOf(buyer, key(), orderId);
};

/** The flows whose requests have keys, by the name that their crash points begin with. */
export const prepared = {
  'orders.place': order,
  'points.charge': charge,
  'orders.cancel': cancel,
} as const satisfies Record<string, Prepare>;
