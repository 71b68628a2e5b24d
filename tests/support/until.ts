import { setTimeout as pause } from 'node:timers/promises';

/** Asks again every 50 ms until the answer is given; gives up with the last error, or a word on what was awaited. */
export async function until<T>(
  awaited: string,
  ask: () => Promise<T | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${awaited}`);
    await pause(50);
  }
}
