/** The day in Asia/Seoul of an instant in UTC; Korea has no daylight saving time. */
export const seoulDay = (instant: string): string => `DATE(CONVERT_TZ(${instant}, '+00:00', '+09:00'))`;

/** The instant in UTC at which the day in Asia/Seoul ends. */
export const endOfSeoulDay = (day: string): string =>
  `CONVERT_TZ(CAST(${day} AS DATETIME) + INTERVAL 1 DAY, '+09:00', '+00:00')`;
