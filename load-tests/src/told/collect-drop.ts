import type { LogLine } from '../sale/log-line.ts';
import { SaleError } from '../sale/sale-error.ts';
import { type Tally, type TallyResult, tally } from '../sale/tally.ts';
import type { Told, ToldAttempt } from './told.ts';

export interface CollectDrop {
  readonly players: number;
  /** Told of every attempt once, whatever the order. */
  readonly attempted: (line: LogLine) => void;
  /** Told of every request once. */
  readonly requested: () => void;
}

export interface CollectedDrop {
  readonly tally: TallyResult;
  readonly requests: number;
  readonly attempts: number;
  readonly unresolved: number;
  readonly durationMs: number;
  /** The greatest lateness of an attempt. */
  readonly latestMs: number;
  readonly scarceLeft: number;
}

type Played = Extract<Told, { told: 'played' }>;

/** Puts together what the players tell. A log may be read several times; what was heard before is passed over. */
export function collectDrop({ players, attempted, requested }: CollectDrop) {
  const seen = Array.from({ length: players }, () => new Set<number>());
  const played = new Map<number, Played>();
  const keys = new Set<string>();
  let counted: Tally | undefined;
  let scarceLeft: number | undefined;
  let latestMs = 0;

  function add({ player, number, line, lateMs, retryAfterMs }: ToldAttempt): void {
    const numbers = seen[player];
    if (!numbers || numbers.has(number)) return;
    numbers.add(number);
    latestMs = Math.max(latestMs, lateMs);
    counted?.add({ ...line, ...(retryAfterMs !== undefined && { retryAfterMs }) });
    attempted(line);
    if (keys.has(line.key)) return;
    keys.add(line.key);
    requested();
  }

  return {
    hear(told: Told): void {
      if (told.told === 'scarce') counted ??= tally(told.productId);
      if (told.told === 'attempt') add(told);
      if (told.told === 'played') played.set(told.player, told);
      if (told.told === 'stock') scarceLeft = told.left;
    },
    /** @throws SaleError when something was not told to its end, or a part of the log is missing */
    end(): CollectedDrop {
      const ends = [...played.values()];
      if (!counted || scarceLeft === undefined || ends.length !== players) {
        throw new SaleError('k6 ended before the drop did');
      }
      const sum = (of: (end: Played) => number) => ends.reduce((total, end) => total + of(end), 0);
      const attempts = seen.reduce((total, numbers) => total + numbers.size, 0);
      const missing = sum((end) => end.attempts) - attempts;
      if (missing !== 0) throw new SaleError(`${missing} attempts are missing in the log that the node kept of k6`);
      return {
        tally: counted.result(),
        requests: keys.size,
        attempts,
        unresolved: sum((end) => end.unresolved),
        durationMs: Math.max(...ends.map((end) => end.durationMs)),
        latestMs,
        scarceLeft,
      };
    },
  };
}
