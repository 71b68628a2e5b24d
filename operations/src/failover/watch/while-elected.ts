import type { Election } from '@onsale/platform/election';
import { DomainError } from '@onsale/platform/http';
import type { Locks } from '@onsale/platform/redis';

/** Runs the work if this process is elected; its signal aborts when the lead is lost. */
export type WhileElected = (signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>) => Promise<void>;

export function electedByLease(election: Election): WhileElected {
  const candidacy = election.candidacy({ lock: 'failover', schema: 'mysql' });
  return async (signal, work) => {
    const lead = await candidacy.stand(signal);
    if (lead === undefined) return;
    try {
      await work(AbortSignal.any([signal, lead.lost]));
    } finally {
      await lead.giveUp();
    }
  };
}

/** Without Redis nobody is elected; nor could anybody tell then what was acknowledged. */
export function electedByLock(locks: Locks): WhileElected {
  return async (signal, work) => {
    let elected = false;
    try {
      await locks.withLock(['failover:lock'], { waitMs: 0, ttlMs: 10_000, without: 'refuse' }, (lost) => {
        elected = true;
        return work(AbortSignal.any([signal, lost]));
      });
    } catch (error) {
      if (elected || !(error instanceof DomainError)) throw error;
    }
  };
}
