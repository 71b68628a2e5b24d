import type { KeyObject } from 'node:crypto';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';

/** A private Ed25519 JWK with the instant from which it signs. */
export const signingKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().min(1),
  d: z.string().min(1),
  kid: z.string().min(1).max(128),
  activeFrom: z.iso.datetime(),
});

/** What the file of signing keys holds. */
export const signingKeysFile = z.object({
  keys: z
    .array(signingKey)
    .min(1)
    .refine((keys) => new Set(keys.map((key) => key.kid)).size === keys.length, { error: 'each kid at most once' }),
});

export type SigningKey = z.infer<typeof signingKey>;

/** A new key that signs from `activeFrom`. */
export async function createSigningKey(activeFrom: Date): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return signingKeyOf(privateKey, activeFrom);
}

/** A private Ed25519 key as one that signs from `activeFrom`; its id is its RFC 7638 thumbprint. */
export async function signingKeyOf(privateKey: CryptoKey | KeyObject, activeFrom: Date): Promise<SigningKey> {
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint({
    kty: 'OKP',
    crv: 'Ed25519',
    ...(jwk.x === undefined ? {} : { x: jwk.x }),
  });
  return signingKey.parse({ ...jwk, kid, activeFrom: activeFrom.toISOString() });
}
