/** Whoever was not told is told within so many ms of all being whole (docs/reliability.md). */
export const TOLD_WITHIN_MS = 30_000;
