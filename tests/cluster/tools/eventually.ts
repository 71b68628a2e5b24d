import { setTimeout as pause } from 'node:timers/promises';

export interface Patience {
  readonly withinMs: number;
  /** The pause between two tries; half a second unless told. */
  readonly everyMs?: number;
}

/** Tries until something comes of it. @throws Error that says what was awaited, with the last reason against it */
export async function eventually<T>(
  awaited: string,
  attempt: () => Promise<T | undefined>,
  { withinMs, everyMs = 500 }: Patience,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    let reason = '';
    try {
      const result = await attempt();
      if (result !== undefined) return result;
    } catch (error) {
      reason = error instanceof Error ? `: ${error.message}` : String(error);
    }
    if (Date.now() > deadline) throw new Error(`not within ${withinMs / 1000} s: ${awaited}${reason}`);
    await pause(everyMs);
  }
}
