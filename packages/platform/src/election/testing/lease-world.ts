import {
  type Action,
  type Answer,
  afterAnswer,
  type Candidate,
  leads,
  newCandidate,
  nextAction,
} from '../candidate.ts';
import { freeSpec, heldSpec, holderOf, type Lease } from '../lease.ts';
import type { LeaseTiming } from '../lease-timing.ts';
import { randomDraws } from './random-draws.ts';

export interface WorldOptions {
  readonly seed: number;
  /** How each one's clock goes: its offset, and its rate, 1 for a true one. */
  readonly clocks: readonly { readonly offsetMs: number; readonly rate: number }[];
  /** The share of calls that are lost, on the way there or back. */
  readonly losses: number;
  /** When nobody reaches the server. */
  readonly outage: { readonly fromMs: number; readonly untilMs: number };
  /** How often one that leads lets go, and how often anyone ends without a word and is replaced; a share of its steps. */
  readonly departures: number;
  readonly timing: LeaseTiming;
  /** After it nothing fails any more. */
  readonly calmFromMs: number;
  readonly endMs: number;
}

export interface Story {
  /** Moments at which two led. */
  readonly overlaps: readonly string[];
  /** Who leads at the end. */
  readonly leaders: readonly string[];
  readonly terms: number;
}

interface Player {
  candidate: Candidate;
  readonly localAt: (trueMs: number) => number;
  readonly trueAt: (localMs: number) => number;
}

/** Candidates and a server in a time of their own: each call takes its time, and is answered late, never, or in vain. */
export function playWorld(options: WorldOptions): Story {
  const { timing, calmFromMs, endMs, outage } = options;
  const draw = randomDraws(options.seed);
  const agenda: { readonly atMs: number; readonly act: (atMs: number) => void }[] = [];
  const at = (atMs: number, act: (atMs: number) => void) => void agenda.push({ atMs, act });
  const overlaps: string[] = [];
  let terms = 0;
  let born = 0;
  let version = 0;
  let stored: Lease | undefined;

  const store = (spec: Lease['spec']): Answer => {
    version += 1;
    stored = { metadata: { name: 'lease', resourceVersion: String(version) }, spec };
    return { kind: 'written', lease: stored };
  };
  const replace = (lease: Lease, spec: Lease['spec']): Answer => {
    if (stored === undefined) return { kind: 'missing' };
    return stored.metadata.resourceVersion === lease.metadata.resourceVersion ? store(spec) : { kind: 'conflict' };
  };
  const serve = (action: Exclude<Action, { kind: 'rest' }>, identity: string, nowMs: number): Answer => {
    const holding = { identity, leaseSeconds: timing.leaseSeconds, now: new Date(nowMs) };
    if (action.kind === 'read') return stored ? { kind: 'found', lease: stored } : { kind: 'missing' };
    if (action.kind === 'create') return stored ? { kind: 'conflict' } : store(heldSpec({}, holding));
    return replace(action.lease, heldSpec(action.lease.spec, holding));
  };

  const players: Player[] = options.clocks.map(({ offsetMs, rate }) => ({
    candidate: newCandidate(`c${born++}`),
    localAt: (trueMs) => offsetMs + trueMs * rate,
    trueAt: (localMs) => (localMs - offsetMs) / rate,
  }));
  const leadersAt = (nowMs: number) => players.filter((one) => leads(one.candidate, one.localAt(nowMs)));
  const watch = (nowMs: number) => {
    const identities = leadersAt(nowMs).map(({ candidate }) => candidate.identity);
    if (identities.length > 1) overlaps.push(`${Math.round(nowMs)} ms: ${identities.join(' and ')}`);
  };

  /** Lets go, and stands again when that has been written; or ends without a word and is replaced. */
  const depart = (player: Player, nowMs: number): void => {
    const { identity } = player.candidate;
    if (!leads(player.candidate, player.localAt(nowMs)) || draw() < 0.5) {
      player.candidate = newCandidate(`c${born++}`);
      at(nowMs, step(player));
      return;
    }
    player.candidate = { ...player.candidate, lease: undefined, leadsUntilMs: undefined };
    const read = stored;
    at(nowMs + draw() * 50, (landMs) => {
      if (read && holderOf(read) === identity) replace(read, freeSpec(read.spec, new Date(landMs)));
      at(landMs + draw() * 20, step(player));
    });
  };

  const step = (player: Player) => (nowMs: number) => {
    if (nowMs < calmFromMs && draw() < options.departures) return depart(player, nowMs);
    const { identity } = player.candidate;
    const action = nextAction(player.candidate, player.localAt(nowMs));
    // A process is sometimes not let run for a while.
    const stallMs = nowMs < calmFromMs && draw() < 0.02 ? draw() * 30_000 : 1;
    if (action.kind === 'rest') return at(Math.max(nowMs, player.trueAt(action.untilMs)) + stallMs, step(player));

    const isOut = nowMs >= outage.fromMs && nowMs < outage.untilMs;
    const lossy = nowMs < calmFromMs ? options.losses : 0;
    const toldMs = nowMs < calmFromMs && draw() < 0.05 ? draw() * 2 * timing.callTimeoutMs : draw() * 20;
    const landMs = nowMs + toldMs;
    const backMs = landMs + draw() * 20;
    const sentMs = player.localAt(nowMs);
    let answer: Answer = { kind: 'failed' };
    const learn = (heardMs: number) => {
      if (player.candidate.identity === identity) {
        const was = leads(player.candidate, player.localAt(heardMs));
        const exchange = { sentMs, answeredMs: player.localAt(heardMs), random: draw() };
        player.candidate = afterAnswer(player.candidate, answer, exchange, timing);
        if (!was && leads(player.candidate, player.localAt(heardMs))) terms += 1;
        watch(heardMs);
      }
      at(heardMs + stallMs, step(player));
    };
    const reaches = !isOut && draw() >= lossy;
    const isHeard = reaches && draw() >= lossy && backMs - nowMs < timing.callTimeoutMs;
    // What nobody waits for any longer may still be written.
    if (reaches) {
      at(landMs, (whenMs) => {
        const served = serve(action, identity, whenMs);
        if (isHeard) answer = served;
      });
    }
    at(isHeard ? backMs : nowMs + timing.callTimeoutMs, learn);
  };

  for (const player of players) at(draw() * 1_000, step(player));
  let nowMs = 0;
  while (nowMs < endMs) {
    const soonest = agenda.reduce((best, { atMs }, index) => (atMs < (agenda[best]?.atMs ?? 0) ? index : best), 0);
    const [next] = agenda.splice(soonest, 1);
    if (next === undefined) break;
    nowMs = next.atMs;
    next.act(nowMs);
  }
  return { overlaps, terms, leaders: leadersAt(nowMs).map(({ candidate }) => candidate.identity) };
}
