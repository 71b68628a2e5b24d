import { holderOf, type Lease } from './lease.ts';
import type { LeaseTiming } from './lease-timing.ts';

/**
 * What a candidate knows. Every time is its own monotonic clock's, in milliseconds: what the lease says of time is
 * another machine's word, and never compared.
 */
export interface Candidate {
  readonly identity: string;
  /** The lease as last read or written; nothing when it must be read. */
  readonly lease: Lease | 'missing' | undefined;
  /** The version of the lease that was seen last, and when it was seen first. */
  readonly seen: { readonly version: string; readonly atMs: number } | undefined;
  /** Until when it leads, unless it renews. */
  readonly leadsUntilMs: number | undefined;
  readonly restsUntilMs: number;
}

export type Action =
  | { readonly kind: 'rest'; readonly untilMs: number }
  | { readonly kind: 'read' }
  | { readonly kind: 'create' }
  /** Takes a free or overdue lease or renews one's own, if it is still what it was. */
  | { readonly kind: 'hold'; readonly lease: Lease };

export type Answer =
  | { readonly kind: 'found' | 'written'; readonly lease: Lease }
  /** `conflict`: somebody wrote meanwhile; `failed`: nobody knows what came of it. */
  | { readonly kind: 'missing' | 'conflict' | 'failed' };

export interface Exchange {
  readonly sentMs: number;
  readonly answeredMs: number;
  /** From 0 to 1; spreads the candidates. */
  readonly random: number;
}

export function newCandidate(identity: string): Candidate {
  return {
    identity,
    lease: undefined,
    seen: undefined,
    leadsUntilMs: undefined,
    restsUntilMs: Number.NEGATIVE_INFINITY,
  };
}

export function leads({ leadsUntilMs }: Candidate, nowMs: number): boolean {
  return leadsUntilMs !== undefined && nowMs < leadsUntilMs;
}

/** What a candidate does next. */
export function nextAction({ restsUntilMs, lease }: Candidate, nowMs: number): Action {
  if (nowMs < restsUntilMs) return { kind: 'rest', untilMs: restsUntilMs };
  if (lease === undefined) return { kind: 'read' };
  return lease === 'missing' ? { kind: 'create' } : { kind: 'hold', lease };
}

/** What a candidate knows after an answer. */
export function afterAnswer(candidate: Candidate, answer: Answer, at: Exchange, timing: LeaseTiming): Candidate {
  const rested = { ...candidate, restsUntilMs: Number.NEGATIVE_INFINITY };
  switch (answer.kind) {
    case 'written':
      return {
        ...candidate,
        lease: answer.lease,
        seen: sighting(candidate, answer.lease, at.answeredMs),
        // From when it was sent: others count from when they saw it, which is later.
        leadsUntilMs: at.sentMs + timing.renewDeadlineMs,
        restsUntilMs: at.sentMs + timing.renewEveryMs,
      };
    case 'conflict':
      return { ...rested, lease: undefined, restsUntilMs: at.answeredMs + spread(timing.conflictMs, at.random) };
    case 'missing':
      // Somebody deleted the lease: whoever makes it anew leads.
      return { ...rested, lease: 'missing', seen: undefined, leadsUntilMs: undefined };
    case 'failed':
      if (leads(candidate, at.answeredMs)) return { ...candidate, restsUntilMs: at.answeredMs + timing.retryMs };
      return { ...rested, lease: undefined, restsUntilMs: at.answeredMs + spread(timing.lookEveryMs, at.random) };
    case 'found':
      return afterReading(rested, answer.lease, at, timing);
  }
}

function afterReading(candidate: Candidate, lease: Lease, at: Exchange, timing: LeaseTiming): Candidate {
  const holder = holderOf(lease);
  const seen = sighting(candidate, lease, at.answeredMs);
  // Its own: a renewal whose answer was lost, or one from before it lost the lead and ended its work.
  if (holder === candidate.identity) return { ...candidate, lease, seen };
  const outOfOffice = { ...candidate, seen, leadsUntilMs: undefined };
  const leaseMs = (lease.spec.leaseDurationSeconds ?? timing.leaseSeconds) * 1000;
  const freeAtMs = holder === '' ? at.answeredMs : seen.atMs + leaseMs;
  if (at.answeredMs >= freeAtMs) return { ...outOfOffice, lease };
  const nextLookMs = at.answeredMs + spread(timing.lookEveryMs, at.random);
  return { ...outOfOffice, lease: undefined, restsUntilMs: Math.min(nextLookMs, freeAtMs) };
}

function sighting({ seen }: Candidate, { metadata }: Lease, nowMs: number) {
  const version = metadata.resourceVersion;
  return seen?.version === version ? seen : { version, atMs: nowMs };
}

const spread = (ms: number, random: number): number => ms * (0.75 + random / 2);
