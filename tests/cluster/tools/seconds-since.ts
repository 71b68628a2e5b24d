/** Seconds, in words, since a reading of performance.now(). */
export const secondsSince = (begun: number, digits = 0): string => ((performance.now() - begun) / 1000).toFixed(digits);
