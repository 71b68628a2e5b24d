export interface RestartPolicy {
  /** Told of a death: how long to wait before the next start, or undefined when there were too many. */
  next(): number | undefined;
}

const firstDelayMs = 200;
const longestDelayMs = 5_000;

/** Back-off that doubles with every death inside the window; more than `limit` of them there are too many. */
export function restartPolicy(options: { limit: number; windowMs: number; now: () => number }): RestartPolicy {
  let deaths: number[] = [];
  return {
    next() {
      const now = options.now();
      deaths = [...deaths.filter((at) => now - at < options.windowMs), now];
      if (deaths.length > options.limit) return undefined;
      return Math.min(longestDelayMs, firstDelayMs * 2 ** (deaths.length - 1));
    },
  };
}
