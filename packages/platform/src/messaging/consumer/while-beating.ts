import { setTimeout as delay } from 'node:timers/promises';
import { heartbeatEveryMs } from '../kafka/kafka-tuning.ts';

export interface Beating {
  readonly signal: AbortSignal;
  /** Tells the group's coordinator that this consumer lives; throws when the partition is about to go to another. */
  readonly heartbeat: () => Promise<void>;
  /** Time between two heartbeats, in milliseconds. */
  readonly everyMs?: number;
}

/**
 * Keeps the partition while the work runs. When a heartbeat fails, or the signal aborts, the work's signal aborts and
 * nobody waits for the work any more: it counts as not done.
 * @throws what the work or a heartbeat throws, and the signal's reason
 */
export async function whileBeating(
  work: (signal: AbortSignal) => Promise<void>,
  { signal, heartbeat, everyMs = heartbeatEveryMs }: Beating,
): Promise<void> {
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  const beat = async (): Promise<never> => {
    for (;;) {
      await delay(everyMs, undefined, { signal: either }).catch(() => {
        throw either.reason;
      });
      await heartbeat();
    }
  };
  try {
    signal.throwIfAborted();
    await Promise.race([work(either), beat()]);
  } catch (error) {
    ended.abort(error);
    throw error;
  } finally {
    ended.abort();
  }
}
