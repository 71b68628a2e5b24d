/** A calendar day in Asia/Seoul, as YYYY-MM-DD. */
export type Day = string;

// Korea has had no daylight saving time since 1988.
const AHEAD_OF_UTC_MS = 9 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** The day in Asia/Seoul that the instant belongs to. */
export const dayOf = (instant: Date): Day => new Date(instant.getTime() + AHEAD_OF_UTC_MS).toISOString().slice(0, 10);

/** The first instant of the day: midnight in Asia/Seoul. */
export const startOf = (day: Day): Date => new Date(Date.parse(`${day}T00:00:00.000Z`) - AHEAD_OF_UTC_MS);

/** The day so many days later; earlier when negative. */
export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The first instant after the day. */
export const endOf = (day: Day): Date => startOf(addDays(day, 1));

/** So many days up to the given one, oldest first. */
export const daysUpTo = (day: Day, count: number): Day[] =>
  Array.from({ length: count }, (_, index) => addDays(day, index + 1 - count));

/** The last day whose end lies so many milliseconds back at least. */
export const lastEnded = (now: Date, graceMs: number): Day => addDays(dayOf(new Date(now.getTime() - graceMs)), -1);

/** How long until the present day has ended for so many milliseconds. */
export const untilNextEnd = (now: Date, graceMs: number): number =>
  endOf(dayOf(new Date(now.getTime() - graceMs))).getTime() + graceMs - now.getTime();
