import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../service/clock.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import { type Action, type Answer, afterAnswer, leads, newCandidate, nextAction } from './candidate.ts';
import type { Candidacy, Lead } from './election.ts';
import { LeadLostError } from './lead-lost-error.ts';
import { freeSpec, heldSpec, holderOf } from './lease.ts';
import type { LeaseTiming } from './lease-timing.ts';
import type { Leases } from './leases.ts';

export interface LeaseCandidacyOptions {
  readonly leases: Leases;
  readonly name: string;
  readonly identity: string;
  readonly timing: LeaseTiming;
  readonly log: Logger;
  /** Of what is written for people to read. */
  readonly clock: Clock;
  readonly random: () => number;
}

const giveUpWithinMs = 3_000;

/** Stands for a Lease, and renews it while it leads. */
export function leaseCandidacy(options: LeaseCandidacyOptions): Candidacy {
  const { leases, name, identity, timing, log, clock, random } = options;
  let candidate = newCandidate(identity);
  let failing = false;

  const send = (action: Exclude<Action, { kind: 'rest' }>, signal: AbortSignal): Promise<Answer> => {
    const holding = { identity, leaseSeconds: timing.leaseSeconds, now: clock.now() };
    if (action.kind === 'read') return leases.read(name, signal);
    if (action.kind === 'create') return leases.create(name, heldSpec({}, holding), signal);
    return leases.replace(action.lease, heldSpec(action.lease.spec, holding), signal);
  };

  const answerTo = async (action: Exclude<Action, { kind: 'rest' }>, signal: AbortSignal): Promise<Answer> => {
    try {
      const answer = await send(action, signal);
      if (failing) log.info({ lease: name }, 'the lease can be reached again');
      failing = false;
      return answer;
    } catch (error) {
      if (!(failing || signal.aborted)) {
        failing = true;
        log.warn({ err: error, lease: name }, 'the lease cannot be read or written; trying on');
      }
      return { kind: 'failed' };
    }
  };

  /** One rest, or one call and what follows from its answer. */
  const step = async (signal: AbortSignal): Promise<void> => {
    const action = nextAction(candidate, performance.now());
    if (action.kind === 'rest') {
      await pause(Math.max(1, action.untilMs - performance.now()), undefined, { signal }).catch(() => undefined);
      return;
    }
    const sentMs = performance.now();
    const answer = await answerTo(action, signal);
    const exchange = { sentMs, answeredMs: performance.now(), random: random() };
    candidate = afterAnswer(candidate, answer, exchange, timing);
  };

  const lead = (): Lead => {
    const lost = new AbortController();
    const over = new AbortController();
    const ended = AbortSignal.any([lost.signal, over.signal]);
    const renew = async () => {
      while (!ended.aborted) {
        const leftMs = Math.max(0, (candidate.leadsUntilMs ?? 0) - performance.now());
        const late = setTimeout(() => lost.abort(new LeadLostError('the lease was not renewed in time')), leftMs);
        await step(ended);
        clearTimeout(late);
        if (!(ended.aborted || leads(candidate, performance.now())))
          lost.abort(new LeadLostError('the lease is no longer ours'));
      }
    };
    const renewing = renew();
    return {
      lost: lost.signal,
      async giveUp() {
        over.abort();
        await renewing;
        await letGo(AbortSignal.timeout(giveUpWithinMs));
      },
    };
  };

  /** Read first: what was sent last may have been written without an answer. */
  const letGo = async (signal: AbortSignal): Promise<void> => {
    candidate = { ...candidate, lease: undefined, leadsUntilMs: undefined };
    try {
      for (let answer = await leases.read(name, signal); answer.kind === 'found'; ) {
        if (holderOf(answer.lease) !== identity) return;
        const written = await leases.replace(answer.lease, freeSpec(answer.lease.spec, clock.now()), signal);
        if (written.kind !== 'conflict') return;
        answer = await leases.read(name, signal);
      }
    } catch (error) {
      log.warn({ err: error, lease: name }, 'the lease could not be let go: the next one leads when it runs out');
    }
  };

  return {
    office: name,
    async stand(signal) {
      candidate = { ...candidate, lease: undefined, leadsUntilMs: undefined, restsUntilMs: Number.NEGATIVE_INFINITY };
      while (!signal.aborted) {
        await step(signal);
        if (!leads(candidate, performance.now())) continue;
        const won = lead();
        if (!signal.aborted) return won;
        await won.giveUp();
      }
      return undefined;
    },
  };
}
