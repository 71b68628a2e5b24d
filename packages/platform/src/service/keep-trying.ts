import { setTimeout as delay } from 'node:timers/promises';

/** How a command waits for what it needs. */
export interface Waiting {
  readonly waitSeconds: number;
  /** Told why it is being waited, whenever that changes. */
  report(line: string): void;
}

export interface KeepTrying<T> extends Waiting {
  /** What is waited for, as a sentence begins with it. */
  readonly what: string;
  attempt(): Promise<T>;
  /** What to throw in the end: a line that says why, and the last error. */
  failure(message: string, cause: unknown): Error;
}

const tryAgainMs = 1_000;

/** Tries once a second until an attempt succeeds, and gives what it gave. @throws `failure` when none has in time */
export async function keepTrying<T>({ what, attempt, failure, waitSeconds, report }: KeepTrying<T>): Promise<T> {
  const giveUpAt = performance.now() + waitSeconds * 1000;
  let told: string | undefined;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      // The error of several addresses that were tried has no message of its own.
      const why = error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error);
      if (performance.now() >= giveUpAt) throw failure(`${what} was not ready within ${waitSeconds} s: ${why}`, error);
      if (why !== told) report(`waiting for ${what}: ${why}`);
      told = why;
      await delay(tryAgainMs);
    }
  }
}
