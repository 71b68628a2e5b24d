import { setTimeout as pause } from 'node:timers/promises';

export interface Pauses {
  /** Waits before the next election, or until the signal aborts. */
  next(last: { readonly failed: boolean; readonly afterMs: number }, signal: AbortSignal): Promise<void>;
}

export const firstPauseMs = 500;
export const longestPauseMs = 10_000;

/**
 * Pauses between the times that a job leads, half of them random: they double with each failure in a row, which one that
 * came after a long time ends, as does work that returned.
 */
export function createPauses(
  random: () => number,
  wait: (ms: number, signal: AbortSignal) => Promise<unknown> = (ms, signal) => pause(ms, undefined, { signal }),
): Pauses {
  let failures = 0;
  return {
    async next({ failed, afterMs }, signal) {
      if (!failed) failures = 0;
      else failures = afterMs > longestPauseMs ? 1 : failures + 1;
      const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, failures - 1));
      await wait(longest * (0.5 + random() / 2), signal).catch(() => undefined);
    },
  };
}
