import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { SharedStore } from './shared-store.ts';

export interface RateLimitOptions {
  store: SharedStore;
  /** Sets this limit's counts apart from others'. */
  name: string;
  /** Requests a key may make within a window. */
  limit: number;
  windowSeconds: number;
}

/** What a key has left in its window. */
export interface Allowance {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Whole seconds until the window ends, at least one. */
  resetSeconds: number;
}

/** Counts a request of a key. */
export type RateLimit = (key: string) => Promise<Allowance>;

/** A limit over fixed windows, counted in Redis for all gateways together; while Redis is lost, by each alone. */
export function createRateLimit({ store, name, limit, windowSeconds }: RateLimitOptions): RateLimit {
  const rules = { keyPrefix: `rate:${name}`, points: limit, duration: windowSeconds };
  const alone = new RateLimiterMemory(rules);
  const shared = new RateLimiterRedis({
    ...rules,
    storeClient: store.redis,
    rejectIfRedisNotReady: true,
    // Who is over the limit stays so till the window ends: no need to ask again.
    inMemoryBlockOnConsumed: limit + 1,
  });

  function allowance(counted: RateLimiterRes, allowed: boolean): Allowance {
    const resetSeconds = Math.max(1, Math.ceil(counted.msBeforeNext / 1000));
    return { allowed, limit, remaining: allowed ? counted.remainingPoints : 0, resetSeconds };
  }

  async function consume(limiter: RateLimiterMemory | RateLimiterRedis, key: string): Promise<Allowance> {
    try {
      return allowance(await limiter.consume(key), true);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return allowance(refusal, false);
      throw refusal;
    }
  }

  return async (key) => {
    if (!store.usable()) return consume(alone, key);
    try {
      return await consume(shared, key);
    } catch (error) {
      store.failed(error);
      return consume(alone, key);
    }
  };
}
