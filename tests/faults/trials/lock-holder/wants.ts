import { chargeOf, orderOf } from '../../load/requests.ts';
import type { TrialShop } from '../ground/trial-shop.ts';
import type { Want } from './want.ts';

const productsOfBasket = 3;
const rivalsOfProduct = 2;
/** One less than want them: each product is sold out in the end, whoever gets it. */
export const piecesOfProduct = 2;
/** Won. */
const amount = 1_000;

const key = () => crypto.randomUUID();

/** A basket of scarce products, each product wanted by others as well. */
async function orderWant(shop: TrialShop): Promise<Want> {
  const products = await Promise.all(
    Array.from({ length: productsOfBasket }, () => shop.createProduct(piecesOfProduct)),
  );
  const items = products.map((productId) => ({ productId, quantity: 1 }));
  const rivals = items.map((item) => {
    const requests = Array.from({ length: rivalsOfProduct }, () => orderOf(shop.takeBuyer(), key(), [item]));
    return [`product:${item.productId}:lock`, requests] as const;
  });
  return { request: orderOf(shop.takeBuyer(), key(), items), rivals: new Map(rivals) };
}

export const orderWants = (shop: TrialShop, count: number): Promise<Want[]> =>
  Promise.all(Array.from({ length: count }, () => orderWant(shop)));

/** Charges of as many users, each of whom charges a second time meanwhile. */
export function chargeWants(shop: TrialShop, count: number): Want[] {
  return Array.from({ length: count }, () => {
    const buyer = shop.takeBuyer();
    const rival = chargeOf(buyer, key(), amount);
    return {
      request: chargeOf(buyer, key(), amount),
      rivals: new Map([[`user:${buyer.userId}:lock`, [rival]]]),
    };
  });
}
