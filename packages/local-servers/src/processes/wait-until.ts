import { setTimeout as delay } from 'node:timers/promises';

/** Tries until it succeeds; rejects with the last failure after timeoutMs, or when the signal aborts. */
export async function waitUntil(
  what: string,
  attempt: () => Promise<void>,
  options: { timeoutMs: number; everyMs?: number; signal: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    options.signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`${what} did not answer in time`, { cause: error });
    }
    await delay(options.everyMs ?? 50, undefined, { signal: options.signal });
  }
}
