import { waitForLock } from './exclusive-lock.ts';

/** Does the work while no other process of this machine does work under the same name. */
export async function withLock<T>(
  name: string,
  options: { timeoutMs: number; signal: AbortSignal; onWait?: () => void },
  work: () => Promise<T>,
): Promise<T> {
  const lock = await waitForLock(name, options);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
