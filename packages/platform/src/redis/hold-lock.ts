import type { Lock } from './redlock-attempt.ts';

export interface HoldOptions {
  readonly ttlMs: number;
  readonly onLost: (error: unknown) => void;
}

/**
 * Runs the work while the lock is held, extending it in time; the signal aborts when that fails. The lock is released
 * whatever happens, and what happens to the release changes nothing for the work: the lock would run out by itself.
 */
export async function holdLock<T>(
  first: Lock,
  { ttlMs, onLost }: HoldOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  let lock = first;
  let extension: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const extend = async () => {
    try {
      lock = await lock.extend(ttlMs);
      extendLater();
    } catch (error) {
      onLost(error);
      lost.abort(error);
    }
  };
  const extendLater = () => {
    timer = setTimeout(() => {
      extension = extend();
    }, ttlMs / 2);
  };
  extendLater();
  try {
    return await work(lost.signal);
  } finally {
    clearTimeout(timer);
    await extension;
    clearTimeout(timer);
    if (!lost.signal.aborted) await lock.release().catch(() => undefined);
  }
}
