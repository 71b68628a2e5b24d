import { setTimeout as pause } from 'node:timers/promises';

/** Lets time go by; an aborted signal ends it at once. */
export async function hold(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
