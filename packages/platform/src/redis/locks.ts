import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import { DomainError } from '../domain-error.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import { withSpan } from '../telemetry/with-span.ts';
import { createCoolDown } from './cool-down.ts';
import { holdLock } from './hold-lock.ts';
import { createLockMetrics } from './lock-metrics.ts';
import { createLockAttempt, type Lock, LockTakenError } from './redlock-attempt.ts';

export interface LockOptions {
  /** How long to wait for locks that others hold. */
  readonly waitMs: number;
  /** How long a lock outlives a dead holder; a living one extends it. 3 s unless given. */
  readonly ttlMs?: number;
  /** When others hold a key for longer than that, or Redis is away: run the work without the lock (rows decide), or refuse. */
  readonly without: 'proceed' | 'refuse';
}

export interface Locks {
  /**
   * Holds all keys while the work runs. The signal aborts when the lock was lost meanwhile.
   * @throws DomainError when `without` is 'refuse': 'lock-not-acquired' when others hold a key for longer than waitMs,
   * 'locks-unavailable' when Redis is away
   */
  withLock<T>(keys: readonly string[], options: LockOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

export interface LocksOptions {
  readonly redis: Redis;
  readonly log: Logger;
  readonly metrics: Registry;
  /** Spreads the attempts of those who wait; Math.random unless given. */
  readonly random?: () => number;
}

/**
 * Locks that shed load; nothing may be decided by holding one. All keys of a call are had at once or not at all, and
 * in sorted order where Redis is several servers.
 */
export function createLocks({ redis, log, metrics, random = Math.random }: LocksOptions): Locks {
  const { wait, hold, failures } = createLockMetrics(metrics);
  const attempt = createLockAttempt(redis);
  const coolDown = createCoolDown({ isFailure: (error) => !(error instanceof LockTakenError) });

  const lockWithin = async (keys: readonly string[], waitMs: number, ttlMs: number): Promise<Lock> => {
    const giveUpAt = performance.now() + waitMs;
    for (let tries = 1; ; tries += 1) {
      try {
        return await coolDown.run(() => attempt(keys, ttlMs));
      } catch (error) {
        const left = giveUpAt - performance.now();
        if (!(error instanceof LockTakenError) || left <= 0) throw error;
        await delay(Math.min(left, 5 + random() * Math.min(80, 10 * 2 ** tries)));
      }
    }
  };

  const lockOrProceed = async (keys: readonly string[], options: LockOptions, ttlMs: number) => {
    const stop = wait.startTimer();
    try {
      return await lockWithin(keys, options.waitMs, ttlMs);
    } catch (error) {
      const taken = error instanceof LockTakenError;
      const refuse = options.without === 'refuse';
      failures.inc({ reason: taken ? 'taken' : refuse ? 'unavailable' : 'proceeded' });
      if (refuse && taken) throw refusal('conflict', 'lock-not-acquired', 'Others are at it; try again.', error);
      if (refuse) throw refusal('unavailable', 'locks-unavailable', 'Locks cannot be had now; try again.', error);
      log.debug({ err: error, keys }, 'going on without the lock');
      return undefined;
    } finally {
      stop();
    }
  };

  return {
    async withLock(given, options, work) {
      const keys = [...new Set(given)].sort();
      if (keys.length === 0) return work(new AbortController().signal);
      const ttlMs = options.ttlMs ?? 3000;
      const attributes = { 'lock.keys': keys };
      const lock = await withSpan('lock wait', attributes, () => lockOrProceed(keys, options, ttlMs));
      if (lock === undefined) return work(new AbortController().signal);
      const stop = hold.startTimer();
      const onLost = (error: unknown) => {
        failures.inc({ reason: 'lost' });
        log.warn({ err: error, keys }, 'the lock was lost while it was held');
      };
      return withSpan('lock hold', attributes, () => holdLock(lock, { ttlMs, onLost }, work)).finally(stop);
    },
  };
}

function refusal(kind: 'conflict' | 'unavailable', code: string, detail: string, cause: unknown): DomainError {
  return new DomainError(kind, code, detail, { retryAfterSeconds: 1, cause });
}
