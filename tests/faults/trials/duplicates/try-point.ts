import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceProcess } from '@onsale/local';
import { awaitWhole } from '../../campaign/await-whole.ts';
import type { Stage } from '../../campaign/stage.ts';
import type { Request } from '../../load/request.ts';
import type { Asking } from '../asking/asking.ts';
import type { TrialShop } from '../ground/trial-shop.ts';
import { judgeDuplicates } from './judge-duplicates.ts';

export interface TryPoint {
  readonly stage: Pick<Stage, 'crashPoints'>;
  readonly shop: TrialShop;
  readonly asking: Asking;
  readonly point: string;
  /** Ends itself at the point. */
  readonly victim: ServiceProcess;
  readonly other: ServiceProcess;
  /** Makes a request of the point's flow that was never asked. */
  readonly prepare: () => Promise<Request>;
  readonly signal: AbortSignal;
}

export interface TriedPoint {
  readonly point: string;
  /** Whether the victim ended at the point while the duplicates were under way. */
  readonly killed: boolean;
  /** Keys that were asked for: more than one when the other instance was first. */
  readonly keys: number;
  /** How long the last of the duplicates waited to be told, in ms. */
  readonly longestMs: number;
  readonly violations: readonly string[];
}

const duplicates = 50;
/** All have been told by then: nothing but what comes after an answer can still be reached. */
const reachedWithinMs = 500;
/**
 * Whichever instance is first has the key, and the victim may never get to the point: another key, another race. A victim
 * that has just been started is slow and loses, so that the other is asked so much later with every race that it lost.
 */
const mostKeys = 12;
const headStartMs = 5;

/** Asks fifty times at once under one key, half of them of the victim, and lets all be told. */
async function askTogether({ shop, asking, victim, other }: TryPoint, request: Request, lostRaces: number) {
  const ways = [shop.wayTo(victim), shop.wayTo(other)];
  const half = Array.from({ length: duplicates / 2 });
  const ofVictim = half.map(() => asking.ask(request, ways));
  await pause(lostRaces * headStartMs);
  const ofOther = half.map(() => asking.ask(request, ways.toReversed()));
  return Promise.all([...ofVictim, ...ofOther]);
}

/** Sends duplicates while the victim is to end itself at the point, until it has. */
export async function tryPoint(options: TryPoint): Promise<TriedPoint> {
  const { stage, asking, point, victim, prepare, signal } = options;
  const violations: string[] = [];
  let longestMs = 0;
  for (let keys = 1; ; keys += 1) {
    signal.throwIfAborted();
    const request = await prepare();
    const { pid } = victim;
    if (pid === undefined) throw new Error(`${victim.name} is down`);
    await stage.crashPoints.arm(pid, { point, action: 'kill' });
    const told = await askTogether(options, request, keys - 1);
    longestMs = Math.max(longestMs, ...told.map(({ tookMs }) => tookMs));
    violations.push(...judgeDuplicates(asking.recordOf(request), told));
    const killed = (await stage.crashPoints.reached(pid, point, reachedWithinMs)) !== undefined;
    if (killed) await awaitWhole({ services: { victim: [victim] } });
    else await stage.crashPoints.disarm(pid);
    if (killed || keys === mostKeys || violations.length > 0) return { point, killed, keys, longestMs, violations };
  }
}
