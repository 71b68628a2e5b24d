import type { BoundedWork } from './bounded-work.ts';
import { hashPassword } from './hash-password.ts';
import { verifyPassword } from './verify-password.ts';

/** Passwords as the use cases see them: both calls take their turn among the hashes computed here. */
export interface Passwords {
  hash(password: string, signal?: AbortSignal): Promise<string>;
  /** Checks a password; without a hash it takes the same time and says no. */
  matches(password: string, passwordHash: string | undefined, signal?: AbortSignal): Promise<boolean>;
}

/** Passwords within bounds. Computes one hash, to be compared with when there is no account. */
export async function createPasswords(bounded: BoundedWork): Promise<Passwords> {
  const decoy = await hashPassword('');
  return {
    hash: (password, signal) => bounded(() => hashPassword(password), signal),
    async matches(password, passwordHash, signal) {
      const matched = await bounded(() => verifyPassword(password, passwordHash ?? decoy), signal);
      return matched && passwordHash !== undefined;
    },
  };
}
