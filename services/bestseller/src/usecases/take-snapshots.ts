import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@onsale/platform/database';
import type { Clock } from '@onsale/platform/service';
import type { Logger } from '@onsale/platform/telemetry';
import { type Day, endOf } from '../domain/day.ts';
import { daysWithSnapshot, insertSnapshot } from '../persistence/snapshots.ts';
import { type EventsOf, stillUnhandled, unhandledEvents } from '../persistence/unhandled-events.ts';

export interface TakeSnapshots {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** The events that must be counted before a day's snapshot is right. */
  readonly events: EventsOf;
  /** How long, in seconds, snapshots wait for such events. */
  readonly waitSeconds: number;
  /** The most products in a snapshot. */
  readonly size: number;
  /** Waits before events are looked for again; a second unless given. */
  readonly pause?: (signal: AbortSignal) => Promise<void>;
}

const WATCHED = 1_000;

const aSecond = (signal: AbortSignal): Promise<void> => delay(1_000, undefined, { signal }).catch(() => undefined);

/**
 * Takes the snapshots that are missing of these days, which must have ended; answers the days it took. Orders of before
 * a day's midnight are waited for until they are counted; all days share the one wait, and when it is over they are
 * taken all the same, with the number of events they lack.
 */
export const takeSnapshots =
  ({ database, clock, log, events, waitSeconds, size, pause = aSecond }: TakeSnapshots) =>
  async (days: readonly Day[], signal: AbortSignal): Promise<Day[]> => {
    const patienceEnds = clock.now().getTime() + waitSeconds * 1000;

    const someUnhandled = async (before: Date): Promise<string[]> => {
      for await (const ids of unhandledEvents(database, events, before)) return ids.slice(0, WATCHED);
      return [];
    };
    const countUnhandled = async (before: Date): Promise<number> => {
      let count = 0;
      for await (const ids of unhandledEvents(database, events, before)) count += ids.length;
      return count;
    };
    const waitForEvents = async (before: Date): Promise<number> => {
      let waitedFor = await someUnhandled(before);
      while (waitedFor.length > 0 && clock.now().getTime() < patienceEnds && !signal.aborted) {
        await pause(signal);
        waitedFor = await stillUnhandled(database, events, waitedFor);
        if (waitedFor.length === 0) waitedFor = await someUnhandled(before);
      }
      return waitedFor.length === 0 || signal.aborted ? 0 : countUnhandled(before);
    };

    const before = await database.readPrimary((reading) => daysWithSnapshot(reading, days));
    const taken: Day[] = [];
    for (const day of days.filter((one) => !before.has(one)).sort()) {
      const unhandled = await waitForEvents(endOf(day));
      if (signal.aborted) return taken;
      const { value: entries } = await database.transaction('snapshot.take', (tx) =>
        insertSnapshot(tx, { day, takenAt: clock.now(), unhandledEvents: unhandled, size }),
      );
      if (entries === undefined) continue;
      taken.push(day);
      log.info({ day, entries }, 'the bestsellers of the day are written down');
      if (unhandled > 0) log.error({ day, unhandled }, 'a snapshot lacks events that were not counted in time');
    }
    return taken;
  };
