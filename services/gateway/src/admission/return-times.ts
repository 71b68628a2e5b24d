/** When those who found no place should come again. */
export interface ReturnTimes {
  /** Books the next time, so many milliseconds after the last one, and answers in how many seconds it is. */
  book(spacingMs: number): number;
}

const SOONEST_MS = 1_000;
/** A client whose last answer was lost is told within half a minute, and waits up to half as long again as it is told to. */
const LATEST_MS = 15_000;

/**
 * A queue of which only the end is kept. Whoever finds no place is told to come again when those who were told so before
 * have had their turn: from one second on, and fifteen at most. Told the same second, all of them would come
 * at once, again and again, and to refuse them would be all that there is time for.
 */
export function createReturnTimes(now: () => number): ReturnTimes {
  let lastMs = 0;
  return {
    book(spacingMs) {
      const soonest = now() + SOONEST_MS;
      lastMs = Math.min(Math.max(lastMs + spacingMs, soonest), now() + LATEST_MS);
      return Math.round((lastMs - now()) / 1_000);
    },
  };
}
