import { setTimeout as pause } from 'node:timers/promises';
import type { Heard } from '../../../load-tests/src/sale/outcome.ts';
import { placedOrderId } from '../../../load-tests/src/sale/placed-order-id.ts';
import { type Asker, ask } from './ask.ts';
import type { Customer } from './customer.ts';
import type { Request } from './request.ts';
import { cancelOf, chargeOf, detailsOf, orderOf, stockOf } from './requests.ts';
import type { ShopFront } from './shop-front.ts';
import type { CancelWish, DetailsWish, Trouble, Wish } from './wish.ts';

export interface StartLoad extends Asker {
  readonly front: Pick<ShopFront, 'buyers' | 'admin' | 'productId'>;
  readonly wishes: Iterable<Wish>;
  /** Makes this run's keys its own. */
  readonly run: string;
}

/** A crowd that comes on and on, whatever becomes of those before. */
export interface Load {
  /** How many wishes were begun. */
  readonly begun: number;
  /** No more begin. Resolves when all that began have come to their end: told, or given up. */
  stop(): Promise<void>;
}

/** What a cancellation needs to find the order that it takes back. */
interface Placing {
  readonly customer: Customer;
  readonly told: Promise<Heard>;
}

const rememberedOrders = 400;

/** Whether the effect was had, as far as any of the answers under the key tells. */
function bestOf(answers: readonly Heard[]): Heard {
  const told = answers.find(({ outcome }) => outcome === 'ok') ?? answers[0];
  if (told === undefined) throw new RangeError('nothing was asked');
  return told;
}

/** Lets the wishes come when they are due, from now on. */
export function startLoad(options: StartLoad): Load {
  const { front, run, now } = options;
  const startMs = now();
  const running = new Set<Promise<unknown>>();
  const placings = new Map<number, Placing>();
  const stopping = new AbortController();
  let begun = 0;

  /** As often, and as badly, as the wish says. */
  async function askAsTroubled(
    request: Request,
    dueMs: number,
    { againAfterMs, hangUpAfterMs, againWhenToldMs }: Trouble,
  ): Promise<Heard> {
    const impatient = hangUpAfterMs === undefined ? request : { ...request, ask: { ...request.ask, hangUpAfterMs } };
    const again = againAfterMs === undefined ? [] : [ask(options, request, dueMs + againAfterMs)];
    const told = bestOf(await Promise.all([ask(options, impatient, dueMs), ...again]));
    if (againWhenToldMs !== undefined && told.outcome === 'ok') await ask(options, request, now() + againWhenToldMs);
    return told;
  }

  function buyerOf(number: number): Customer {
    const buyer = front.buyers[number - 1];
    if (buyer === undefined) throw new RangeError(`there is no buyer ${number}`);
    return buyer;
  }

  async function takeBack(wish: CancelWish, number: number): Promise<void> {
    const placing = placings.get(number - wish.wishesAgo);
    const orderId = placedOrderId(await placing?.told);
    // What was never placed is not taken back.
    if (placing && orderId) await askAsTroubled(cancelOf(placing.customer, `${run}-${number}`, orderId), now(), wish);
  }

  async function changeDetails({ product, details }: DetailsWish): Promise<void> {
    // Nothing is promised of it but that it breaks nothing else: its answer is not judged.
    await options.client.send(detailsOf(front.admin, front.productId(product), details)).catch(() => undefined);
  }

  function begin(wish: Wish, number: number, dueMs: number): Promise<unknown> {
    const key = `${run}-${number}`;
    switch (wish.kind) {
      case 'order': {
        const customer = buyerOf(wish.buyer);
        const items = wish.items.map(({ product, quantity }) => ({ productId: front.productId(product), quantity }));
        const told = askAsTroubled(orderOf(customer, key, items), dueMs, wish);
        placings.set(number, { customer, told });
        placings.delete(number - rememberedOrders);
        return told;
      }
      case 'charge':
        return askAsTroubled(chargeOf(buyerOf(wish.buyer), key, wish.amount), dueMs, wish);
      case 'cancel':
        return takeBack(wish, number);
      case 'stock': {
        const change = { productId: front.productId(wish.product), change: wish.change };
        return askAsTroubled(stockOf(front.admin, key, change), dueMs, wish);
      }
      case 'details':
        return changeDetails(wish);
    }
  }

  async function comeOneByOne(): Promise<void> {
    for (const wish of options.wishes) {
      const dueMs = startMs + wish.at;
      await pause(Math.max(0, dueMs - now()), undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      const ending = begin(wish, begun, dueMs);
      begun += 1;
      running.add(ending);
      void ending.finally(() => running.delete(ending));
    }
  }

  const coming = comeOneByOne();
  return {
    get begun() {
      return begun;
    },
    async stop() {
      stopping.abort();
      await coming;
      await Promise.all(running);
    },
  };
}
