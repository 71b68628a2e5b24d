/** Milliseconds of a clock that only goes forward: of every time in a run. */
export const now = (): number => performance.now();
