/** How many may be in flight at once, learned from how long they take. */
export interface AdaptiveLimit {
  /** Takes a place, or answers that there is none. */
  enter(): boolean;
  /** Gives a place back. `tookMs` if it tells how fast answers are. */
  leave(tookMs?: number): void;
  readonly inFlight: number;
  readonly max: number;
}

export interface AdaptiveLimitOptions {
  /** It never goes below, so that there are always answers to learn from. */
  least: number;
  /** Where it begins. */
  most: number;
  /** More than half of the answers taking longer than this is too much at once. */
  targetMs: number;
  /** A clock that only goes forward, in milliseconds. */
  now(): number;
}

const WINDOW_MS = 1_000;
const FEWEST_ANSWERS = 8;
/** What of the target's time is aimed at: between the whole of it and half, the limit rests. */
const AIM = 0.75;
const GROWTH = 1.25;

/**
 * A window ends after a second and eight answers. Were most of them late, the limit becomes as many as were answered in
 * the time that is aimed at: by Little's law they take that long then. Came most of them within half the target, or is
 * nobody waiting, the limit grows by a quarter a second, whether or not it was reached: nothing is left of a bad minute
 * half a minute later.
 */
export function createAdaptiveLimit({ least, most, targetMs, now }: AdaptiveLimitOptions): AdaptiveLimit {
  let inFlight = 0;
  let max = most;
  const open = () => ({ since: now(), answers: 0, late: 0, prompt: 0 });
  let window = open();

  /** Where nobody waits it goes well, though too few answers say so. */
  function forget(): void {
    const windows = Math.floor((now() - window.since) / WINDOW_MS);
    if (windows < 1) return;
    max = Math.min(most, Math.ceil(max * GROWTH ** windows));
    window = open();
  }

  function learn(tookMs: number): void {
    window.answers += 1;
    if (tookMs > targetMs) window.late += 1;
    if (tookMs <= targetMs / 2) window.prompt += 1;
    const { since, answers, late, prompt } = window;
    const lastedMs = now() - since;
    if (lastedMs < WINDOW_MS || answers < FEWEST_ANSWERS) return;
    if (late * 2 > answers) max = Math.max(least, Math.min(max, Math.floor((answers / lastedMs) * targetMs * AIM)));
    else if (prompt * 2 > answers) max = Math.min(most, Math.ceil(max * GROWTH));
    window = open();
  }

  return {
    enter() {
      if (inFlight === 0) forget();
      if (inFlight >= max) return false;
      inFlight += 1;
      return true;
    },
    leave(tookMs) {
      inFlight -= 1;
      if (tookMs !== undefined) learn(tookMs);
    },
    get inFlight() {
      return inFlight;
    },
    get max() {
      return max;
    },
  };
}
