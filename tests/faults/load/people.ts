import type { Platform } from '@onsale/local';
import { seedUser } from '@onsale/seed';
import type { Client } from '../../../load-tests/src/sale/client.ts';
import { need } from '../../../load-tests/src/sale/need.ts';
import { isText } from '../../../load-tests/src/sale/text.ts';
import type { Customer } from './customer.ts';

type Minting = Pick<Platform, 'mintToken'>;

/** The first of the seeded users, by their numbers from 1. Tokens are minted, since password hashing is meant to be slow. */
export function buyersOf(platform: Minting, count: number): Promise<Customer[]> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return Promise.all(
    numbers.map(async (number) => {
      const { id: userId } = seedUser(number);
      return { number, userId, token: await platform.mintToken({ userId, role: 'user' }) };
    }),
  );
}

/** The platform's admin. @throws SaleError when nobody can log in with what the platform told of it */
export async function adminOf(platform: Minting & Pick<Platform, 'ready'>, client: Client): Promise<Customer> {
  const ask = { method: 'POST', path: '/api/auth/login', body: platform.ready.admin } as const;
  const userId = await need(client, ask, 'userId', isText);
  return { number: 0, userId, token: await platform.mintToken({ userId, role: 'admin' }) };
}
