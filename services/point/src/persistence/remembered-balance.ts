import type { Cache } from '@onsale/platform/redis';
import { z } from 'zod';
import type { PostedAccount } from './post-entries.ts';

/** How long a balance is remembered, in milliseconds: the longest that a lost correction can show. */
const REMEMBERED_FOR_MS = 30_000;

const rememberedBalance = z.object({ balance: z.int().nonnegative() });

const key = (userId: string): string => `balance:${userId}`;

/** The account's last state that the cache holds for the user, or nothing. */
export async function recallBalance(cache: Cache, userId: string): Promise<PostedAccount | undefined> {
  const found = await cache.getVersioned(key(userId), rememberedBalance);
  return found && { userId, balance: found.value.balance, version: found.version };
}

/** Replaces the cached balances by newer ones; an older version never overwrites a newer one. Call it after COMMIT. */
export async function rememberBalances(cache: Cache, accounts: readonly PostedAccount[]): Promise<void> {
  await Promise.all(
    accounts.map(({ userId, balance, version }) =>
      cache.replaceIfNewer(key(userId), { version, value: { balance } }, REMEMBERED_FOR_MS),
    ),
  );
}
