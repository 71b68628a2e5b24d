import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A socket's name may have 107 bytes; a folder's may have more. */
const socketName = (name: string) => `\0onsale/${createHash('sha256').update(name).digest('hex').slice(0, 40)}`;

export interface ExclusiveLock {
  release(): Promise<void>;
}

/**
 * A lock among all processes of this machine, or undefined when another holds it. It is an abstract Unix socket: the
 * kernel gives it back when its holder dies, however it dies, so there is never a stale one to judge.
 */
export function tryLock(name: string): Promise<ExclusiveLock | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen({ path: socketName(name), exclusive: true }, () => {
      server.unref();
      resolve({ release: () => new Promise((released) => server.close(() => released())) });
    });
  });
}

/** Waits for the lock; rejects after timeoutMs or when the signal aborts. */
export async function waitForLock(
  name: string,
  options: { timeoutMs: number; signal: AbortSignal; onWait?: () => void },
) {
  const deadline = Date.now() + options.timeoutMs;
  let told = false;
  for (;;) {
    const lock = await tryLock(name);
    if (lock) return lock;
    if (!told) options.onWait?.();
    told = true;
    if (Date.now() > deadline) throw new Error(`another process has held "${name}" for ${options.timeoutMs / 1000} s`);
    await delay(200, undefined, { signal: options.signal });
  }
}
