import { type Asker, ask } from './ask.ts';
import type { Customer } from './customer.ts';
import { chargeOf } from './requests.ts';

const rich = 5_000_000;
const poor = 20_000;
const poorOneIn = 10;
const atOnce = 16;

/** Gives every buyer points by a charge, to one in ten so few that orders will be refused. */
export async function chargeBuyers(asker: Asker, run: string, buyers: readonly Customer[]): Promise<void> {
  const waiting = buyers.values();
  const chargeOneByOne = async () => {
    // All take from the same iterator.
    for (const buyer of waiting) {
      const amount = buyer.number % poorOneIn === 0 ? poor : rich;
      const { outcome, status } = await ask(asker, chargeOf(buyer, `${run}-points-${buyer.number}`, amount));
      if (outcome !== 'ok')
        throw new Error(`the first charge of ${buyer.userId} was answered ${status ?? 'by nothing'}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, chargeOneByOne));
}
