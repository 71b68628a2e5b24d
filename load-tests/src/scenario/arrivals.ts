export interface Arrivals {
  readonly fromMs: number;
  readonly toMs: number;
  /** Arrivals a second at this time; never above `peak`. */
  readonly rate: (ms: number) => number;
  readonly peak: number;
}

/** Times of independent arrivals at a changing rate (a Poisson process, by thinning), in whole ms. */
export function arrivals({ fromMs, toMs, rate, peak }: Arrivals, random: () => number): number[] {
  const times: number[] = [];
  let at = fromMs;
  for (;;) {
    at += (-Math.log(1 - random()) / peak) * 1000;
    if (at >= toMs) return times;
    if (random() * peak < rate(at)) times.push(Math.floor(at));
  }
}
