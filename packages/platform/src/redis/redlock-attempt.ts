import type { Redis } from 'ioredis';
import Redlock, { ExecutionError, type Lock, ResourceLockedError } from 'redlock';

export type { Lock } from 'redlock';

/** Another holds one of the keys. */
export class LockTakenError extends Error {
  override readonly name = 'LockTakenError';

  constructor() {
    super('the lock is taken');
  }
}

/**
 * Makes the function that tries once to lock all of the keys.
 * It throws LockTakenError when one is taken, and Redis's own error when Redis is to blame.
 */
export function createLockAttempt(redis: Redis): (keys: readonly string[], ttlMs: number) => Promise<Lock> {
  const redlock = new Redlock([redis], { retryCount: 0, retryDelay: 0, retryJitter: 0 });
  // redlock emits every failed attempt, and would end the process if nobody listened; acquire() throws them too.
  redlock.on('error', () => undefined);
  return async (keys, ttlMs) => {
    try {
      return await redlock.acquire([...keys], ttlMs);
    } catch (error) {
      if (!(error instanceof ExecutionError)) throw error;
      for (const { votesAgainst } of await Promise.all(error.attempts)) {
        for (const vote of votesAgainst.values()) if (!(vote instanceof ResourceLockedError)) throw vote;
      }
      throw new LockTakenError();
    }
  };
}
