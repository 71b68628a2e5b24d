import type { MintToken } from '@onsale/local';
import { seedUser } from '@onsale/seed';
import type { Step } from '../scenario/scenario.ts';
import type { Buyer } from './buyer.ts';

export interface Buying {
  readonly steps: readonly Pick<Step, 'buyer'>[];
}

/** Every buyer of these steps with a token that is minted, since password hashing is meant to be slow. */
export async function mintBuyers({ steps }: Buying, mint: MintToken): Promise<Map<number, Buyer>> {
  const buyers = new Map<number, Buyer>();
  for (const number of new Set(steps.map((step) => step.buyer))) {
    const userId = seedUser(number).id;
    buyers.set(number, { userId, token: await mint({ userId, role: 'user' }) });
  }
  return buyers;
}
