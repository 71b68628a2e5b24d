import { createHash } from 'node:crypto';

const TOKEN_BYTES = 32;

/** A source of randomness: that many unpredictable bytes. */
export type RandomBytes = (size: number) => Buffer;

/** A refresh token of 256 random bits, as its bearer holds it. */
export function newRefreshToken(random: RandomBytes): string {
  return random(TOKEN_BYTES).toString('base64url');
}

/** What is stored of a token. A plain hash is enough: nobody guesses 256 random bits. */
export function hashRefreshToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
