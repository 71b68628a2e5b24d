import type { Role, Session } from '@onsale/contracts';
import type { Clock, Ids } from '@onsale/platform/service';
import { hashRefreshToken, newRefreshToken, type RandomBytes } from '../domain/refresh-token.ts';
import type { IssuedToken } from '../persistence/refresh-tokens.ts';

/** Signs an access token for a user. */
export type MintToken = (subject: { userId: string; role: Role }, now: Date) => Promise<string>;

export interface SessionPorts {
  clock: Clock;
  ids: Ids;
  random: RandomBytes;
  mint: MintToken;
  accessTtlSeconds: number;
  refreshTtlDays: number;
}

/** A refresh token about to be issued: the secret for its bearer, and the row for the database. */
export interface NewToken {
  secret: string;
  row: Omit<IssuedToken, 'userId' | 'familyId'>;
}

const DAY_MS = 86_400_000;

/** Makes the next refresh token of a session, outside of any transaction: a transaction that is run again inserts the same one. */
export function newToken({ ids, random, refreshTtlDays }: SessionPorts, now: Date): NewToken {
  const secret = newRefreshToken(random);
  const expiresAt = new Date(now.getTime() + refreshTtlDays * DAY_MS);
  return { secret, row: { id: ids.next(), tokenHash: hashRefreshToken(secret), expiresAt } };
}

/** What the bearer of a session gets. */
export async function sessionOf(
  { mint, accessTtlSeconds }: SessionPorts,
  user: { userId: string; role: Role },
  refreshToken: string,
  now: Date,
): Promise<Session> {
  const accessToken = await mint(user, now);
  return { userId: user.userId, accessToken, refreshToken, expiresIn: accessTtlSeconds };
}
