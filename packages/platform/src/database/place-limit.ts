/** So many at once; a few more may wait for a moment. */
export interface PlaceLimit {
  /** Runs the work when there is a place. Answers with `refused()` when there is none in time. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

export interface PlaceLimitOptions {
  readonly places: number;
  readonly waiting: number;
  readonly waitMs: number;
  /** The error for those who got no place. */
  readonly refusal: () => Error;
}

/** A bounded gate with a bounded queue before it, first come first served. */
export function createPlaceLimit({ places, waiting, waitMs, refusal }: PlaceLimitOptions): PlaceLimit {
  let taken = 0;
  const queue = new Set<() => void>();

  const wait = () =>
    new Promise<void>((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer);
        queue.delete(enter);
        resolve();
      };
      const timer = setTimeout(() => {
        queue.delete(enter);
        reject(refusal());
      }, waitMs);
      queue.add(enter);
    });

  return {
    async run(work) {
      if (taken < places) taken += 1;
      else if (queue.size >= waiting) throw refusal();
      else await wait();
      try {
        return await work();
      } finally {
        // A place passes straight to the next in line, so that no newcomer slips in between.
        const [next] = queue;
        if (next === undefined) taken -= 1;
        else next();
      }
    },
  };
}
