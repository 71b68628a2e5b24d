import type { Registry } from 'prom-client';
import type { Job } from '../service/service-definition.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import type { Database } from './database.ts';
import type { DedicatedConnection } from './dedicated-connection.ts';
import { keepLead } from './lead-job-connection.ts';
import { leadLockOf, takesLeadLock } from './lead-job-lock.ts';
import { leaderGauge } from './lead-job-metrics.ts';
import { createPauses } from './lead-job-pauses.ts';

export interface LeadJobOptions {
  /** Name of the part of the service that this job is. */
  readonly part: string;
  /** On whose primary the lock is; one leader for each schema. */
  readonly database: Pick<Database, 'name' | 'dedicate'>;
  /** What is led: of the jobs of one lock and schema, in any process, one leads at a time. */
  readonly lock: string;
  readonly log: Logger;
  readonly metrics: Registry;
  /** Spreads the pauses; Math.random unless given. */
  readonly random?: () => number;
  /**
   * Runs while this job leads. The signal aborts when the job is to stop, and when the connection, and with it the
   * lead, is lost: then it must end soon, since another may lead. The connection is the lock's own; statements on it
   * run one after the other. When the work returns or rejects the lead is given up, and stood for after a pause.
   */
  readonly work: (signal: AbortSignal, connection: DedicatedConnection) => Promise<void>;
}

/**
 * A job of which one leads at a time, over all processes: the holder of a named lock on the schema's primary. A leader
 * that lost its connection may be at work for a moment when the next begins: two that lead must be harmless.
 */
export function leadJob({ part, database, lock, log, metrics, random = Math.random, work }: LeadJobOptions): Job {
  const name = leadLockOf(lock, database.name);
  const about = { part, lock: name };
  const leader = leaderGauge(metrics);
  leader.set({ lock }, 0);

  const leadOnce = async (signal: AbortSignal) => {
    const connection = await database.dedicate();
    try {
      while (!signal.aborted && !(await takesLeadLock(connection, name))) {}
      if (signal.aborted) return;
      leader.set({ lock }, 1);
      log.info(about, 'leads');
      await keepLead(connection, signal, work);
    } finally {
      leader.set({ lock }, 0);
      connection.destroy();
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
          if (failure !== undefined && !isAbort(failure)) throw failure;
          return;
        }
        if (failure === undefined) log.info(about, 'gave up the lead');
        else log.warn({ err: failure, ...about }, 'does not lead; standing for it again');
        await pauses.next({ failed: failure !== undefined, afterMs: performance.now() - begun }, signal);
      }
    },
  };
}

/** What a wait rejects with whose signal aborted. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
