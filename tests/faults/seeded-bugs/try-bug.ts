import { plant } from './copy/plant.ts';
import { inACopy } from './in-a-copy.ts';
import { playInCopy } from './play-in-copy.ts';
import type { HuntOptions } from './read-options.ts';
import type { SeededBug } from './seeded-bug.ts';

/** Whether a bug was caught, and how. */
export interface Tried {
  readonly bug: SeededBug;
  /** How many runs were played. */
  readonly runs: number;
  /** The broken promises of the run that caught it; none when it was not caught. */
  readonly caughtBy: readonly string[];
}

/** Plays runs on a copy that has the bug, until one reports a broken promise or there were enough of them. */
export function tryBug(bug: SeededBug, options: HuntOptions, signal: AbortSignal): Promise<Tried> {
  return inACopy(async ({ copy, scratch }) => {
    await plant(copy, bug.file);
    for (let run = 0; run < options.runs; run++) {
      const { violations } = await playInCopy({ copy, scratch, run, faults: bug.faults, options, signal });
      if (violations.length > 0) return { bug, runs: run + 1, caughtBy: violations };
    }
    return { bug, runs: options.runs, caughtBy: [] };
  }, options);
}
