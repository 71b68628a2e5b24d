/** What is left to give while a batch is being decided: it shrinks with every order that is granted. */
export interface Shelf {
  /** By product id; a product that does not exist is absent. */
  readonly products: Map<string, { readonly price: number; stock: number }>;
  /** Points by user id; a user who never charged is absent. */
  readonly balances: Map<string, number>;
}

export interface Basket {
  readonly userId: string;
  readonly items: readonly { readonly productId: string; readonly quantity: number }[];
}

export interface PricedItem {
  readonly productId: string;
  readonly quantity: number;
  readonly unitPrice: number;
}

export type Decision =
  | { readonly granted: true; readonly items: readonly PricedItem[]; readonly total: number }
  | { readonly granted: false; readonly reason: 'product-not-found' | 'sold-out' | 'insufficient-points' };

/**
 * Grants the basket whole or not at all, and takes what it grants off the shelf.
 * The shelf must come from rows that are locked in the transaction that will write the effect.
 */
export function decideOrder(basket: Basket, shelf: Shelf): Decision {
  const wanted = basket.items.map((item) => ({ ...item, product: shelf.products.get(item.productId) }));
  const items: PricedItem[] = [];
  for (const { productId, quantity, product } of wanted) {
    if (product === undefined) return { granted: false, reason: 'product-not-found' };
    items.push({ productId, quantity, unitPrice: product.price });
  }
  if (wanted.some(({ product, quantity }) => (product?.stock ?? 0) < quantity)) {
    return { granted: false, reason: 'sold-out' };
  }
  const total = items.reduce((sum, item) => sum + item.quantity * item.unitPrice, 0);
  const balance = shelf.balances.get(basket.userId) ?? 0;
  if (balance < total) return { granted: false, reason: 'insufficient-points' };

  shelf.balances.set(basket.userId, balance - total);
  for (const { product, quantity } of wanted) {
    if (product !== undefined) product.stock -= quantity;
  }
  return { granted: true, items, total };
}
