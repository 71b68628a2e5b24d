import { setTimeout as delay } from 'node:timers/promises';

export interface HandleOptions {
  readonly signal: AbortSignal;
  /** Tells the group's coordinator that this consumer lives; throws when the partition is about to go to another. */
  readonly heartbeat: () => Promise<void>;
  readonly onFailure: (error: unknown, failures: number) => void;
  readonly random: () => number;
  /** An attempt that takes longer has failed, and its signal aborts; 30 s unless given. */
  readonly attemptTimeoutMs?: number;
}

const longestPauseMs = 30_000;
const heartbeatEveryMs = 2000;

/**
 * Runs the work until it succeeds, with growing pauses; the messages after it wait, since order counts.
 * @throws when the signal aborts, and what a failed heartbeat throws; the work then counts as not done
 */
export async function handleUntilDone(
  work: (signal: AbortSignal) => Promise<void>,
  options: HandleOptions,
): Promise<void> {
  for (let failures = 1; ; failures += 1) {
    const end = await attempt(work, options);
    if (end.done) return;
    options.signal.throwIfAborted();
    if (end.partitionLost) throw end.error;
    options.onFailure(end.error, failures);
    await pause(Math.min(longestPauseMs, 100 * 2 ** failures) * (0.5 + options.random() / 2), options);
  }
}

type AttemptEnd =
  | { readonly done: true }
  | { readonly done: false; readonly error: unknown; readonly partitionLost: boolean };

async function attempt(
  work: (signal: AbortSignal) => Promise<void>,
  { signal, heartbeat, attemptTimeoutMs = 30_000 }: HandleOptions,
): Promise<AttemptEnd> {
  const ended = new AbortController();
  const limit = AbortSignal.any([signal, ended.signal, AbortSignal.timeout(attemptTimeoutMs)]);
  const worked = work(limit).then(
    (): AttemptEnd => ({ done: true }),
    (error: unknown): AttemptEnd => ({ done: false, error, partitionLost: false }),
  );
  try {
    return await Promise.race([worked, beatUntil(limit, heartbeat)]);
  } finally {
    ended.abort();
  }
}

/** Keeps the partition while an attempt runs; answers when the attempt has had its time or the partition is lost. */
async function beatUntil(limit: AbortSignal, heartbeat: () => Promise<void>): Promise<AttemptEnd> {
  for (;;) {
    try {
      await delay(heartbeatEveryMs, undefined, { signal: limit });
    } catch (error) {
      return { done: false, error: limit.reason ?? error, partitionLost: false };
    }
    try {
      await heartbeat();
    } catch (error) {
      return { done: false, error, partitionLost: true };
    }
  }
}

async function pause(ms: number, { signal, heartbeat }: HandleOptions): Promise<void> {
  const resumeAt = performance.now() + ms;
  for (let left = ms; left > 0; left = resumeAt - performance.now()) {
    await delay(Math.min(left, heartbeatEveryMs), undefined, { signal });
    await heartbeat();
  }
}
