import { DomainError } from '@onsale/platform/http';

export interface WorkBounds {
  /** How many run at once. */
  concurrency: number;
  /** How many may wait for their turn. */
  queue: number;
}

/** Runs work when its turn comes. Refuses it like any work too many when the signal aborts first. */
export type BoundedWork = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

interface Waiting {
  start(): void;
}

const tooBusy = () =>
  new DomainError('unavailable', 'overloaded', 'Too many passwords are being checked', { retryAfterSeconds: 1 });

/**
 * Bounds work that is slow on purpose: hashes beyond the bound wait, in order, and those beyond the queue are refused
 * with 503, so that a flood of logins cannot take the threads and the memory of everything else.
 */
export function createBoundedWork({ concurrency, queue }: WorkBounds): BoundedWork {
  const waiting = new Set<Waiting>();
  let running = 0;

  function turn(signal?: AbortSignal): Promise<void> {
    if (running < concurrency) {
      running += 1;
      return Promise.resolve();
    }
    if (waiting.size >= queue) return Promise.reject(tooBusy());
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        waiting.delete(entry);
        reject(tooBusy());
      };
      const entry: Waiting = {
        start() {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      waiting.add(entry);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  function passTurnOn(): void {
    const [next] = waiting;
    if (next === undefined) {
      running -= 1;
      return;
    }
    waiting.delete(next);
    next.start();
  }

  return async (work, signal) => {
    if (signal?.aborted) throw tooBusy();
    await turn(signal);
    try {
      return await work();
    } finally {
      passTurnOn();
    }
  };
}
