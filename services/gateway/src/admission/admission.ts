import type { Upload } from '../proxy/counted-body.ts';
import { type AdaptiveLimit, type AdaptiveLimitOptions, createAdaptiveLimit } from './adaptive-limit.ts';
import { createReturnTimes } from './return-times.ts';

/** A request's place at its service. */
export interface Place {
  /** Whoever sends slowly takes their own time, not the service's: it does not count. */
  readonly upload: Upload;
  /** Its answer has begun: the place is free again, and the time it took is learned from. */
  answered(): void;
  /** However it ended. Without an answer only a time beyond the target tells anything. */
  leave(): void;
}

/** Who may go on to one service. */
export interface Admission {
  /** Takes a place, or answers undefined when there is none. */
  enter(): Place | undefined;
  /** In how many seconds somebody who is refused should come again. */
  returnSeconds(): number;
  readonly limit: Pick<AdaptiveLimit, 'inFlight' | 'max'>;
}

/** Runs from now on, except while it is stopped. */
function startStopwatch(now: () => number) {
  let elapsedMs = 0;
  let since: number | undefined = now();
  const elapsed = () => elapsedMs + (since === undefined ? 0 : now() - since);
  return {
    elapsedMs: elapsed,
    stop() {
      elapsedMs = elapsed();
      since = undefined;
    },
    goOn() {
      since = now();
    },
  };
}

/** Lets as many go on to a service as get their answers in about the target's time, and tells the others when to come again. */
export function createAdmission(options: AdaptiveLimitOptions): Admission {
  const { targetMs, now } = options;
  const limit = createAdaptiveLimit(options);
  const returnTimes = createReturnTimes(now);
  return {
    limit,
    enter() {
      if (!limit.enter()) return undefined;
      const time = startStopwatch(now);
      let held = true;
      const giveBack = (tookMs: number | undefined) => {
        if (held) limit.leave(tookMs);
        held = false;
      };
      return {
        upload: { begun: () => time.stop(), ended: () => time.goOn() },
        answered: () => giveBack(time.elapsedMs()),
        leave() {
          const tookMs = time.elapsedMs();
          giveBack(tookMs > targetMs ? tookMs : undefined);
        },
      };
    },
    // So many at once, each for about the target's time: that is the rate at which places become free.
    returnSeconds: () => returnTimes.book(targetMs / limit.max),
  };
}

/** An admission of its own for each service, made when it is first asked for. */
export function createAdmissions(options: AdaptiveLimitOptions): (service: string) => Admission {
  const byService = new Map<string, Admission>();
  return (service) => {
    const admission = byService.get(service) ?? createAdmission(options);
    byService.set(service, admission);
    return admission;
  };
}
