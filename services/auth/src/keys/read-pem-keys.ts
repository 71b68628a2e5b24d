import { createPrivateKey, type KeyObject } from 'node:crypto';
import { KeyFileError } from './key-file-error.ts';
import { type SigningKey, signingKeyOf } from './signing-key.ts';

const block = /-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g;
const begin = /-----BEGIN /g;
const rule = 'give Ed25519 private keys in PKCS8, as `openssl genpkey -algorithm ed25519` makes them';

/** Keys of such a file have no time of their own: their order alone says which one signs. */
const always = new Date(0);

/** Whether a file's text is PEM rather than JSON. */
export const isPem = (text: string): boolean => text.includes('-----BEGIN ');

/**
 * The keys in a text of PEM blocks, in their order.
 * @throws KeyFileError when a block is broken, or is no private Ed25519 key in PKCS8
 */
export async function readPemKeys(text: string): Promise<SigningKey[]> {
  const blocks = [...text.matchAll(block)];
  if (blocks.length !== text.match(begin)?.length) throw new KeyFileError(`a PEM block has no end; ${rule}`);
  return Promise.all(blocks.map(([pem, label], index) => signingKeyOf(privateKeyOf(pem, label, index + 1), always)));
}

function privateKeyOf(pem: string, label: string | undefined, place: number): KeyObject {
  if (label !== 'PRIVATE KEY') throw new KeyFileError(`key ${place} is a PEM block ${label}; ${rule}`);
  const key = decoded(pem, place);
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new KeyFileError(`key ${place} is of type ${key.asymmetricKeyType}; ${rule}`);
}

function decoded(pem: string, place: number): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new KeyFileError(`key ${place} cannot be decoded; ${rule}`);
  }
}
