import type { Database } from '@onsale/platform/database';
import type { Clock } from '@onsale/platform/service';
import { hashRefreshToken } from '../domain/refresh-token.ts';
import { findRefreshToken, revokeFamily } from '../persistence/refresh-tokens.ts';

/** Ends the session a refresh token belongs to. An unknown token has no session: nothing is left to do. */
export async function logOut(
  { database, clock }: { database: Database; clock: Clock },
  refreshToken: string,
): Promise<void> {
  const tokenHash = hashRefreshToken(refreshToken);
  await database.transaction(
    'log-out',
    async (tx) => {
      const token = await findRefreshToken(tx, tokenHash);
      if (token !== undefined) await revokeFamily(tx, token.familyId, clock.now());
      return true;
    },
    // Ending it again does no harm, so an unanswered commit is simply run again.
    { settle: async () => undefined },
  );
}
