import { ReplyError } from 'ioredis';
import { RedisAwayError } from './redis-away-error.ts';

/** Spares callers the time-out that the one before them has already paid. */
export interface CoolDown {
  /** @throws RedisAwayError without running the work, for a while after a failure */
  run<T>(work: () => Promise<T>): Promise<T>;
}

export interface CoolDownOptions {
  readonly restMs?: number;
  /** Milliseconds of any steady clock. */
  readonly now?: () => number;
  /** Whether an error means that Redis is away; by default, any but an answer of its own. */
  readonly isFailure?: (error: unknown) => boolean;
}

/** After a failure nothing runs for a while; then one call tries, and the others wait for what it finds. */
export function createCoolDown(options: CoolDownOptions = {}): CoolDown {
  const {
    restMs = 1000,
    now = () => performance.now(),
    isFailure = (error) => !(error instanceof ReplyError),
  } = options;
  let restUntil: number | undefined;
  let probing = false;
  return {
    async run(work) {
      const probe = restUntil !== undefined;
      if (restUntil !== undefined && (probing || now() < restUntil)) throw new RedisAwayError();
      if (probe) probing = true;
      try {
        const result = await work();
        restUntil = undefined;
        return result;
      } catch (error) {
        restUntil = isFailure(error) ? now() + restMs : undefined;
        throw error;
      } finally {
        if (probe) probing = false;
      }
    },
  };
}
