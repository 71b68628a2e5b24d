import type { Cluster } from '../cluster.ts';

/** A fifth of the peak that was measured, in requests per second. @throws Error when none was */
export function fifthOfPeak({ measured }: Cluster): number {
  if (measured.peakPerSecond === undefined) {
    throw new Error('no peak was measured: run the step `peak` before, or give --rate');
  }
  return Math.max(1, Math.floor(measured.peakPerSecond / 5));
}
