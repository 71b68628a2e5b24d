import { type Activity, messagesAhead, sameActivity } from './activity.ts';

export interface AwaitRest {
  readonly look: () => Promise<Activity>;
  /** How long a drained outbox, and consumers that have caught up, are waited for, in milliseconds. */
  readonly waitMs: number;
  /** How long nothing may change until that counts as rest, in milliseconds. */
  readonly stillMs: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

export interface Rest {
  readonly quiet: boolean;
  readonly activity: Activity;
}

const LOOKS_A_STILL_SPAN = 5;

/**
 * Waits until the outbox is drained, the consumers have caught up and nothing changes, at most `waitMs` and one still
 * span. Still, but with events unsent or unhandled when the time is up, is rest too: nobody is at them.
 * While it is not known how far the consumers are, nothing is at rest.
 */
export async function awaitRest({ look, waitMs, stillMs, now, pause }: AwaitRest): Promise<Rest> {
  const startedAt = now();
  let activity = await look();
  let stillSince = startedAt;
  for (;;) {
    const still = now() - stillSince >= stillMs;
    const waited = now() - startedAt;
    const ahead = messagesAhead(activity.lag);
    const done = activity.unsentEvents === 0 && ahead === 0;
    if (still && ahead !== undefined && (done || waited >= waitMs)) return { quiet: true, activity };
    if (waited >= waitMs + stillMs) return { quiet: false, activity };
    await pause(stillMs / LOOKS_A_STILL_SPAN);
    const current = await look();
    if (!sameActivity(current, activity)) stillSince = now();
    activity = current;
  }
}
