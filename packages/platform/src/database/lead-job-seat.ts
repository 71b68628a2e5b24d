import type { Candidacy } from '../election/election.ts';
import type { Database } from './database.ts';
import type { DedicatedConnection } from './dedicated-connection.ts';
import { takesLeadLock } from './lead-job-lock.ts';

/** The lead, with the connection that its work is done on. */
export interface Seat {
  readonly connection: DedicatedConnection;
  /** Aborts when the lead is lost otherwise than by the connection's end. */
  readonly lost: AbortSignal;
  /** Ends the connection and lets the next one lead. */
  leave(): Promise<void>;
}

/** Waits for the lead; undefined when the signal aborted first. */
export type TakeSeat = (signal: AbortSignal) => Promise<Seat | undefined>;

const never = new AbortController().signal;

/** The lead belongs to the connection that holds the named lock. */
export function seatByLock(database: Pick<Database, 'dedicate'>, name: string): TakeSeat {
  return async (signal) => {
    const connection = await database.dedicate();
    try {
      while (!signal.aborted) {
        if (!(await takesLeadLock(connection, name))) continue;
        return { connection, lost: never, leave: async () => connection.destroy() };
      }
    } catch (error) {
      connection.destroy();
      throw error;
    }
    connection.destroy();
    return undefined;
  };
}

/** What the work has left to note what it has done when its lease is lost; then its connection ends. */
const lastWordsMs = 1_000;

/** The lead belongs to the holder of the lease; one that gets no connection gives it back. */
export function seatByLease(database: Pick<Database, 'dedicate'>, candidacy: Candidacy): TakeSeat {
  return async (signal) => {
    const lead = await candidacy.stand(signal);
    if (lead === undefined) return undefined;
    try {
      const connection = await database.dedicate();
      let lastWords: NodeJS.Timeout | undefined;
      const endSoon = () => {
        lastWords = setTimeout(connection.destroy, lastWordsMs);
      };
      if (lead.lost.aborted) endSoon();
      else lead.lost.addEventListener('abort', endSoon, { once: true });
      return {
        connection,
        lost: lead.lost,
        async leave() {
          lead.lost.removeEventListener('abort', endSoon);
          clearTimeout(lastWords);
          connection.destroy();
          await lead.giveUp();
        },
      };
    } catch (error) {
      await lead.giveUp();
      throw error;
    }
  };
}
