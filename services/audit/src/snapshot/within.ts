import { setTimeout as pause } from 'node:timers/promises';

/** Something did not happen in time. */
export class LateError extends Error {
  override name = 'LateError';
}

/**
 * The work's result, or a LateError when it takes longer; the work itself is not ended by that.
 * The driver's own time-out does not do: it holds for the statement at work, not for one that waits behind it.
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = pause(ms, undefined, { signal: over.signal }).then(() => {
    throw new LateError(`no answer within ${ms / 1000} s`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}
