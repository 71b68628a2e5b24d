import { type Dispatcher, request } from 'undici';
import type { Instance } from './instance.ts';

/** An instance that answers late is busy before it is dead: only so many misses in a row take it out. */
const MISSES_ALLOWED = 2;

const isTimeout = (error: unknown) =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError';

async function isReady(health: string, dispatcher: Dispatcher, signal: AbortSignal): Promise<boolean> {
  const { statusCode, body } = await request(health, { dispatcher, signal });
  await body.dump();
  return statusCode === 200;
}

/**
 * Asks an instance once whether it is ready and notes the answer. "Not ready" and a refused connection take it out at
 * once, no answer in time does so the third time in a row, and one "ready" brings it back.
 */
export async function checkHealth(
  instance: Instance,
  health: string,
  { dispatcher, timeoutMs }: { dispatcher: Dispatcher; timeoutMs: number },
): Promise<void> {
  try {
    instance.up = await isReady(health, dispatcher, AbortSignal.timeout(timeoutMs));
    instance.missedChecks = 0;
  } catch (error) {
    instance.missedChecks = isTimeout(error) ? instance.missedChecks + 1 : 0;
    if (!isTimeout(error) || instance.missedChecks > MISSES_ALLOWED) instance.up = false;
  }
}
