import type { Request } from './request.ts';

/** What is known of a key so far. Times are on the clock of the history. */
export interface KeyRecord {
  readonly request: Request;
  readonly attempts: number;
  /** When first an answer was lost, or left open what happened. */
  readonly unknownSinceMs?: number;
  /** Since when it is known what became of it: granted, or refused for good. Absent while it is open. */
  readonly toldMs?: number | undefined;
  /** The effect that the first 2xx named. */
  readonly granted?: string;
  /** Two 2xx named two effects. */
  readonly twoEffects: boolean;
}

/** Whether it is not known whether the request had its effect. */
export function isOpen({ unknownSinceMs, toldMs }: KeyRecord): boolean {
  return unknownSinceMs !== undefined && toldMs === undefined;
}
