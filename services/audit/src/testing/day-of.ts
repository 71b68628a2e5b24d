/** The day in Asia/Seoul of an instant, as YYYY-MM-DD. */
export const dayOf = (instant: Date): string => new Date(instant.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);

/** The instant at which the day in Asia/Seoul ends. */
export const endOf = (day: string): Date => new Date(Date.parse(`${day}T15:00:00.000Z`));
