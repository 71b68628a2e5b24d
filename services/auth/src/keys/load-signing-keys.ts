import { readFile } from 'node:fs/promises';
import { type CryptoKey, importJWK, type JWK } from 'jose';
import { type SigningKey, signingKeysFile } from './signing-key.ts';

/** A key ready to sign. */
export interface Signer {
  kid: string;
  activeFrom: Date;
  privateKey: CryptoKey;
}

/** The keys of one reading of the file, newest first, and what the world may know of them. */
export interface SigningKeys {
  signers: readonly Signer[];
  jwks: { keys: readonly JWK[] };
}

async function signerOf({ activeFrom, ...jwk }: SigningKey): Promise<Signer> {
  const privateKey = await importJWK(jwk, 'EdDSA');
  if (privateKey instanceof Uint8Array) throw new TypeError(`key ${jwk.kid} is not a private Ed25519 key`);
  return { kid: jwk.kid, activeFrom: new Date(activeFrom), privateKey };
}

const publicJwkOf = ({ kty, crv, x, kid }: SigningKey): JWK => ({ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' });

/** Reads the file of signing keys. Rejects when it is missing, not JSON, or not of its schema. */
export async function loadSigningKeys(path: string): Promise<SigningKeys> {
  const { keys } = signingKeysFile.parse(JSON.parse(await readFile(path, 'utf8')));
  const signers = await Promise.all(keys.map(signerOf));
  return {
    signers: signers.sort((a, b) => b.activeFrom.getTime() - a.activeFrom.getTime()),
    jwks: { keys: keys.map(publicJwkOf) },
  };
}
