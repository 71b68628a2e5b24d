import type { Role, Session } from '@onsale/contracts';
import type { Database, Tx } from '@onsale/platform/database';
import { hashRefreshToken } from '../domain/refresh-token.ts';
import {
  findRefreshToken,
  insertRefreshToken,
  isRefreshTokenStored,
  revokeFamily,
  useRefreshToken,
} from '../persistence/refresh-tokens.ts';
import { findUser } from '../persistence/users.ts';
import { refreshTokenInvalid, refreshTokenReused } from './refusals.ts';
import { type NewToken, newToken, type SessionPorts, sessionOf } from './session.ts';

export interface RefreshPorts extends SessionPorts {
  database: Database;
}

type Rotation = { outcome: 'rotated'; userId: string; role: Role } | { outcome: 'reused' } | { outcome: 'invalid' };

async function ownerOf(tx: Tx, tokenHash: string) {
  const token = await findRefreshToken(tx, tokenHash);
  const user = token && (await findUser(tx, token.userId));
  return token && user && { token, user };
}

async function rotate(tx: Tx, tokenHash: string, next: NewToken['row'], now: Date): Promise<Rotation> {
  if (await useRefreshToken(tx, tokenHash, now)) {
    const owner = await ownerOf(tx, tokenHash);
    if (owner === undefined) return { outcome: 'invalid' };
    const { token, user } = owner;
    await insertRefreshToken(tx, { ...next, familyId: token.familyId, userId: user.id }, now);
    return { outcome: 'rotated', userId: user.id, role: user.role };
  }
  const token = await findRefreshToken(tx, tokenHash);
  if (!token?.usedAt) return { outcome: 'invalid' };
  // Two hold the token and nobody can tell the thief from the owner (RFC 9700, 4.14.2): the session ends for both.
  await revokeFamily(tx, token.familyId, now);
  return { outcome: 'reused' };
}

/**
 * Exchanges a refresh token for the next. A token works once: of those who bring it at the same time one gets the
 * next, the others count as reuse, and with the first of them the whole session is over, the winner's token too.
 */
export async function refreshSession(ports: RefreshPorts, refreshToken: string): Promise<Session> {
  const { database, clock } = ports;
  const now = clock.now();
  const tokenHash = hashRefreshToken(refreshToken);
  const next = newToken(ports, now);
  const { value: rotation } = await database.transaction(
    'refresh-session',
    (tx) => rotate(tx, tokenHash, next.row, now),
    {
      settle: async (tx): Promise<Rotation | undefined> => {
        if (!(await isRefreshTokenStored(tx, next.row.id))) return undefined;
        const owner = await ownerOf(tx, tokenHash);
        return owner && { outcome: 'rotated', userId: owner.user.id, role: owner.user.role };
      },
    },
  );
  if (rotation.outcome === 'reused') throw refreshTokenReused();
  if (rotation.outcome === 'invalid') throw refreshTokenInvalid();
  return sessionOf(ports, rotation, next.secret, now);
}
