import type { SigningKey } from './signing-key.ts';

/** Times of a rotation, in seconds. */
export interface RotationTimes {
  /** How long a verifier may hold an old JWKS: a new key must be published that long before it signs. */
  publishSeconds: number;
  /** How long an access token lives. */
  tokenTtlSeconds: number;
}

/** Clocks that differ, and signers that have not yet re-read the file. */
const SLACK_SECONDS = 60;

const activeAt = (key: SigningKey) => new Date(key.activeFrom).getTime();

/** When a key added now may sign first. */
export function activationOf(now: Date, { publishSeconds }: RotationTimes): Date {
  return new Date(now.getTime() + publishSeconds * 1000);
}

/** The keys that may still have live tokens at `now`, or have yet to sign; oldest first. */
export function keysStillNeeded(
  keys: readonly SigningKey[],
  now: Date,
  { tokenTtlSeconds }: RotationTimes,
): SigningKey[] {
  const oldestFirst = keys.toSorted((a, b) => activeAt(a) - activeAt(b));
  const lastTokenDead = now.getTime() - (tokenTtlSeconds + SLACK_SECONDS) * 1000;
  return oldestFirst.filter((_, index) => {
    const successor = oldestFirst[index + 1];
    return successor === undefined || activeAt(successor) > lastTokenDead;
  });
}
