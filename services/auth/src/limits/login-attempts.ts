import { createHash } from 'node:crypto';
import type { openRedis } from '@onsale/platform/redis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { LoginAttempts } from '../usecases/log-in.ts';
import { tooManyAttempts } from '../usecases/refusals.ts';

export interface LoginAttemptsOptions {
  redis: ReturnType<typeof openRedis>;
  /** Failures an account may have within the window. */
  limit: number;
  windowSeconds: number;
}

// An address is personal data, and as a key it would be as long as its sender likes.
const keyOf = (email: string) => createHash('sha256').update(email).digest('base64url');

/**
 * Counts the logins of an account that failed, known and unknown accounts alike. An attempt counts before its
 * password is checked, so that guesses sent at the same time count too. Without Redis each instance counts its own.
 */
export function createLoginAttempts({ redis, limit, windowSeconds }: LoginAttemptsOptions): LoginAttempts {
  const rules = { keyPrefix: 'login', points: limit, duration: windowSeconds };
  const limiter = new RateLimiterRedis({
    ...rules,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(rules),
  });
  return {
    async admit(email) {
      try {
        await limiter.consume(keyOf(email));
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw tooManyAttempts(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
      }
    },
    async forgive(email) {
      await limiter.delete(keyOf(email));
    },
  };
}
