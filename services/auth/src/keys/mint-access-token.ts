import type { Role } from '@onsale/contracts';
import { SignJWT } from 'jose';
import type { Signer, SigningKeys } from './load-signing-keys.ts';

/** What a token says, and for how long. */
export interface AccessTokenClaims {
  userId: string;
  role: Role;
  issuer: string;
  audience: string;
  ttlSeconds: number;
}

function signerAt({ signers }: SigningKeys, now: Date): Signer {
  const signer = signers.find((candidate) => candidate.activeFrom <= now);
  if (signer === undefined) throw new Error('no signing key is active yet');
  return signer;
}

/** Signs an access token with the newest key that is active at `now`. */
export async function mintAccessToken(keys: SigningKeys, claims: AccessTokenClaims, now: Date): Promise<string> {
  const signer = signerAt(keys, now);
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ role: claims.role })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid: signer.kid })
    .setSubject(claims.userId)
    .setIssuer(claims.issuer)
    .setAudience(claims.audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + claims.ttlSeconds)
    .sign(signer.privateKey);
}
