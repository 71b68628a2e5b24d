/** A whole number of milliseconds from `least` up to `most`. */
export const drawMs = (random: () => number, least: number, most: number): number =>
  Math.round(least + random() * (most - least));

/** One of them; undefined when there is none. */
export const drawOne = <T>(random: () => number, all: readonly T[]): T | undefined =>
  all[Math.floor(random() * all.length)];
