import { setTimeout as delay } from 'node:timers/promises';
import { within } from '../within.ts';
import { isOwnFault } from './is-own-fault.ts';

export interface TryOptions {
  /** Ends it all: the work then counts as not done. */
  readonly signal: AbortSignal;
  /** How often the work may fail by its own fault. */
  readonly attempts: number;
  /** An attempt that takes longer, in milliseconds, has failed, and its signal aborts. */
  readonly attemptTimeoutMs: number;
  readonly random: () => number;
  readonly onFailure: (error: unknown, failures: number) => void;
  /** Takes what has failed too often; when that rejects, the work is tried again. */
  readonly giveUp: (error: unknown, attempts: number) => Promise<void>;
}

const firstPauseMs = 100;
/** What is away is looked for often enough that its coming back is used at once, and seldom enough to leave it alone. */
const longestPauseMs = 10_000;

/**
 * Runs the work until it succeeds or is given up, with pauses that grow twofold and are half random.
 * @throws the signal's reason when it aborts
 */
export async function tryUntilDone(
  work: (signal: AbortSignal) => Promise<void>,
  options: TryOptions,
): Promise<'done' | 'given-up'> {
  const { signal, attempts, random, onFailure, giveUp } = options;
  let ownFaults = 0;
  for (let failures = 1; ; failures += 1) {
    const failure = await failureOf(work, options);
    if (failure === undefined) return 'done';
    signal.throwIfAborted();
    onFailure(failure.error, failures);
    if (isOwnFault(failure.error)) {
      ownFaults += 1;
      if (ownFaults >= attempts) {
        try {
          await giveUp(failure.error, ownFaults);
          return 'given-up';
        } catch (error) {
          signal.throwIfAborted();
          onFailure(error, failures);
        }
      }
    }
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1)) * (0.5 + random() / 2);
    await delay(pauseMs, undefined, { signal });
  }
}

async function failureOf(
  work: (signal: AbortSignal) => Promise<void>,
  { signal, attemptTimeoutMs }: TryOptions,
): Promise<{ readonly error: unknown } | undefined> {
  const timeoutError = () => tooSlow(attemptTimeoutMs);
  try {
    await within({ timeoutMs: attemptTimeoutMs, signal, timeoutError }, work);
    return undefined;
  } catch (error) {
    return { error };
  }
}

const tooSlow = (ms: number): Error => new DOMException(`the attempt took longer than ${ms} ms`, 'TimeoutError');
