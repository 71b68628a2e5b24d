import { setTimeout as pause } from 'node:timers/promises';
import { type Asker, ask } from './ask.ts';
import type { Customer } from './customer.ts';
import { chargeOf, detailsOf, orderOf } from './requests.ts';
import type { ShopFront } from './shop-front.ts';

export interface SellOut extends Asker {
  readonly front: Pick<ShopFront, 'buyers' | 'admin' | 'hotProducts'>;
  readonly run: string;
  readonly signal: AbortSignal;
}

const price = 1_000;
const points = 10_000_000;
// Longer than a sold-out flag is believed.
const flagOutlivedMs = 1_500;

async function buyAll(options: SellOut, productId: string, buyer: Customer): Promise<number> {
  const { run, signal } = options;
  let sold = 0;
  let refusals = 0;
  await ask(options, chargeOf(buyer, `${run}-rest-${productId}-points`, points));
  for (let number = 0; refusals < 2; number++) {
    signal.throwIfAborted();
    const key = `${run}-rest-${productId}-${number}`;
    const { outcome, status, code } = await ask(options, orderOf(buyer, key, [{ productId, quantity: 1 }]));
    if (outcome === 'ok') sold += 1;
    else if (code !== 'sold-out') throw new Error(`${key} was answered ${status ?? 'by nothing'} ${code ?? ''}`);
    refusals = outcome === 'ok' ? 0 : refusals + 1;
    if (refusals === 1) await pause(flagOutlivedMs, undefined, { signal });
  }
  return sold;
}

/**
 * Buys what is left of the scarce products, piece by piece, until each is said to be sold out, and still is when every flag
 * has run out. While nothing comes back, none may be left then. Gives how many pieces were sold.
 * @throws Error when an order is refused for another reason
 */
export async function sellOut(options: SellOut): Promise<number> {
  const { client, front } = options;
  const sold = await Promise.all(
    front.hotProducts.map(async (productId, index) => {
      const buyer = front.buyers[index];
      if (buyer === undefined) throw new RangeError('there are fewer buyers than products');
      await client.send(detailsOf(front.admin, productId, { price }));
      return buyAll(options, productId, buyer);
    }),
  );
  return sold.reduce((sum, pieces) => sum + pieces, 0);
}
