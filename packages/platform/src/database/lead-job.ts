import type { Registry } from 'prom-client';
import type { Election } from '../election/election.ts';
import { LeadLostError } from '../election/lead-lost-error.ts';
import type { Job } from '../service/service-definition.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import type { Database } from './database.ts';
import type { DedicatedConnection } from './dedicated-connection.ts';
import { keepLead } from './lead-job-connection.ts';
import { leadLockOf } from './lead-job-lock.ts';
import { leaderGauge } from './lead-job-metrics.ts';
import { createPauses } from './lead-job-pauses.ts';
import { seatByLease, seatByLock } from './lead-job-seat.ts';

export interface LeadJobOptions {
  /** Name of the part of the service that this job is. */
  readonly part: string;
  /** What the work is done on; one leader for each schema. */
  readonly database: Pick<Database, 'name' | 'dedicate'>;
  /** Who chooses the leader; a named lock on the database's primary unless given. */
  readonly election?: Election | undefined;
  /** What is led: of the jobs of one lock and schema, in any process, one leads at a time. */
  readonly lock: string;
  readonly log: Logger;
  readonly metrics: Registry;
  /** Spreads the pauses; Math.random unless given. */
  readonly random?: () => number;
  /**
   * Runs while this job leads. The signal aborts when the job is to stop, and when the lead or the connection is lost,
   * which is one and the same: then it must end soon, since another may lead. Statements on the connection run one
   * after the other. When the work returns or rejects the lead is given up, and stood for after a pause.
   */
  readonly work: (signal: AbortSignal, connection: DedicatedConnection) => Promise<void>;
}

/**
 * A job of which one leads at a time, over all processes: the holder of a named lock on the schema's primary, or of
 * a lease. A leader that lost its connection, or was stopped in its tracks, may be at work for a moment when the next
 * begins: two that lead must be harmless.
 */
export function leadJob(options: LeadJobOptions): Job {
  const { part, database, election, lock, log, metrics, random = Math.random, work } = options;
  const candidacy = election?.candidacy({ lock, schema: database.name });
  const name = candidacy?.office ?? leadLockOf(lock, database.name);
  const takeSeat = candidacy ? seatByLease(database, candidacy) : seatByLock(database, name);
  const about = { part, lock: name };
  const leader = leaderGauge(metrics);
  leader.set({ lock }, 0);

  const leadOnce = async (signal: AbortSignal) => {
    const seat = await takeSeat(signal);
    if (seat === undefined) return;
    try {
      leader.set({ lock }, 1);
      log.info(about, 'leads');
      await keepLead(seat.connection, AbortSignal.any([signal, seat.lost]), work);
      if (!signal.aborted) seat.lost.throwIfAborted();
    } finally {
      leader.set({ lock }, 0);
      await seat.leave();
    }
  };

  return {
    part,
    async run(signal) {
      const pauses = createPauses(random);
      while (!signal.aborted) {
        const begun = performance.now();
        let failure: unknown;
        try {
          await leadOnce(signal);
        } catch (error) {
          failure = error ?? new Error('the work failed without an error');
        }
        if (signal.aborted) {
          if (failure !== undefined && !endsWithStop(failure)) throw failure;
          return;
        }
        if (failure === undefined) log.info(about, 'gave up the lead');
        else log.warn({ err: failure, ...about }, 'does not lead; standing for it again');
        await pauses.next({ failed: failure !== undefined, afterMs: performance.now() - begun }, signal);
      }
    },
  };
}

/** A wait rejects so when its signal aborts, and nobody misses a lead that was to be given up anyway. */
function endsWithStop(error: unknown): boolean {
  return error instanceof LeadLostError || (error instanceof Error && error.name === 'AbortError');
}
