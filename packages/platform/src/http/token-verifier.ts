import { errors, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type Clock, systemClock } from '../service/clock.ts';
import { unauthorized } from './bearer-token.ts';
import type { Caller, VerifyToken } from './caller.ts';
import { createKeySet, type KeySetOptions } from './key-set.ts';

const REMEMBERED_TOKENS = 10_000;

export interface TokenVerifierOptions extends Pick<KeySetOptions, 'jwksUrl' | 'cooldownMs' | 'timeoutMs'> {
  readonly issuer: string;
  readonly audience: string;
  readonly clock?: Clock;
}

const claims = z.object({ sub: z.string().min(1).max(64), role: z.enum(['user', 'admin']), exp: z.number() });

/**
 * A verifier of EdDSA access tokens by the issuer's published keys. A verified token is remembered until it expires
 * (the newest ten thousand are), so a key taken back stops new tokens at once and known ones at their end.
 */
export function createTokenVerifier(options: TokenVerifierOptions): VerifyToken {
  const { issuer, audience, clock = systemClock } = options;
  const keys = createKeySet({ ...options, clock });
  const remembered = new LRUCache<string, { caller: Caller; expiresAt: number }>({ max: REMEMBERED_TOKENS });

  const verify = async (token: string): Promise<Caller> => {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ['EdDSA'],
      requiredClaims: ['sub', 'role', 'iat', 'exp'],
      currentDate: clock.now(),
    }).catch((error: unknown) => {
      throw refusalOf(error);
    });
    const { success, data } = claims.safeParse(payload);
    if (!success) throw unauthorized('token-invalid', 'The access token lacks a claim.');
    const caller: Caller = { userId: data.sub, role: data.role };
    remembered.set(token, { caller, expiresAt: data.exp * 1_000 });
    return caller;
  };

  return (token) => {
    const known = remembered.get(token);
    if (known === undefined) return verify(token);
    if (known.expiresAt > clock.now().getTime()) return known.caller;
    remembered.delete(token);
    throw expired();
  };
}

const expired = () => unauthorized('token-expired', 'The access token has expired.');

function refusalOf(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return expired();
  if (error instanceof errors.JOSEError) return unauthorized('token-invalid', 'The access token is not valid here.');
  return error;
}
