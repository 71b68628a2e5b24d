/** A product by its place: one of the few that all want, made for the run, or one of the seeded ones. */
export interface ProductPlace {
  readonly hot: boolean;
  /** From 0. */
  readonly number: number;
}

export interface Wanted {
  readonly product: ProductPlace;
  readonly quantity: number;
}

interface Timed {
  /** When, in ms from the start. Arrivals are open: nobody waits for anybody's answer. */
  readonly at: number;
}

/** How a client misbehaves, or its network. */
export interface Trouble {
  /** The same request under the same key once more, this long after the first (0: both at once), in ms. */
  readonly againAfterMs?: number;
  /** The same request under the same key once more, this long after it was granted, in ms: a page that is loaded anew. */
  readonly againWhenToldMs?: number;
  /** The client hangs up this long after sending, in ms, and asks again later. */
  readonly hangUpAfterMs?: number;
}

/** Of the buyer with this number, from 1. */
interface Bought extends Timed, Trouble {
  readonly buyer: number;
}

export interface OrderWish extends Bought {
  readonly kind: 'order';
  readonly items: readonly Wanted[];
}

export interface ChargeWish extends Bought {
  readonly kind: 'charge';
  /** In won. */
  readonly amount: number;
}

/** Takes back an order that was wished for before, if it was placed. */
export interface CancelWish extends Timed, Trouble {
  readonly kind: 'cancel';
  /** How many wishes ago the order was wished for. */
  readonly wishesAgo: number;
}

/** The admin adds pieces, or takes unsold ones away. */
export interface StockWish extends Timed, Trouble {
  readonly kind: 'stock';
  readonly product: ProductPlace;
  readonly change: number;
}

/** The admin changes a price or a name. */
export interface DetailsWish extends Timed {
  readonly kind: 'details';
  readonly product: ProductPlace;
  readonly details: { readonly price: number } | { readonly name: string };
}

/** One thing that somebody wants of the shop, and when. */
export type Wish = OrderWish | ChargeWish | CancelWish | StockWish | DetailsWish;
