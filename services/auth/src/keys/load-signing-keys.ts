import { type CryptoKey, importJWK, type JWK } from 'jose';
import { KeyFileError } from './key-file-error.ts';
import { readSigningKeys } from './read-signing-keys.ts';
import type { SigningKey } from './signing-key.ts';

/** A key ready to sign. */
export interface Signer {
  kid: string;
  activeFrom: Date;
  privateKey: CryptoKey;
}

/** The keys of one reading of the file, in the order in which they are asked to sign, and what the world may know of them. */
export interface SigningKeys {
  signers: readonly Signer[];
  jwks: { keys: readonly JWK[] };
}

async function signerOf({ activeFrom, ...jwk }: SigningKey): Promise<Signer> {
  const privateKey = await importJWK(jwk, 'EdDSA').catch(() => undefined);
  if (privateKey === undefined || privateKey instanceof Uint8Array) {
    throw new KeyFileError(`key ${jwk.kid} is not a private Ed25519 key`);
  }
  return { kid: jwk.kid, activeFrom: new Date(activeFrom), privateKey };
}

const publicJwkOf = ({ kty, crv, x, kid }: SigningKey): JWK => ({ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' });

/**
 * Reads the file of signing keys. Of JSON the newest key that is active signs, of PEM the first. Rejects when it is
 * missing.
 * @throws KeyFileError when it holds anything else
 */
export async function loadSigningKeys(path: string): Promise<SigningKeys> {
  const keys = await readSigningKeys(path);
  const signers = await Promise.all(keys.map(signerOf));
  return {
    signers: signers.sort((a, b) => b.activeFrom.getTime() - a.activeFrom.getTime()),
    jwks: { keys: keys.map(publicJwkOf) },
  };
}
