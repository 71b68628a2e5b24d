import { scrypt } from 'node:crypto';

const KEY_BYTES = 32;

/** scrypt's parameters: 128 · N · r bytes of memory, p times the work. */
export interface ScryptCost {
  N: number;
  r: number;
  p: number;
}

/** The scrypt key of a password, computed on Node's thread pool. */
export function deriveKey(password: string, salt: Buffer, { N, r, p }: ScryptCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same letters typed on another system may come composed differently.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 2 * 128 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
