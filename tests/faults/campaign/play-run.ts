import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Platform } from '@onsale/local';
import { openClient } from '../../../load-tests/src/sale/open-client.ts';
import type { Asker } from '../load/ask.ts';
import { chargeBuyers } from '../load/charge-buyers.ts';
import { type Crowd, drawWishes } from '../load/draw-wishes.ts';
import { type History, openHistory } from '../load/history.ts';
import { sellOut } from '../load/sell-out.ts';
import { settle } from '../load/settle.ts';
import { openShopFront, type ShopFront } from '../load/shop-front.ts';
import { startLoad } from '../load/start-load.ts';
import { TOLD_WITHIN_MS } from '../load/told-within.ts';
import { auditRun } from './audit-run.ts';
import { awaitWhole } from './await-whole.ts';
import { now } from './clock.ts';
import type { Fault } from './fault.ts';
import { type Figures, takeFigures } from './figures.ts';
import { type Injected, injectFaults } from './inject-faults.ts';
import { judgeRun } from './judge-run.ts';
import { type OpenedStage, openStage } from './open-stage.ts';
import type { RunPlan } from './plan.ts';
import { scarceLeft } from './scarce-left.ts';
import { randomOf, seedOf } from './seeds.ts';

export interface PlayRun {
  readonly plan: RunPlan;
  readonly faults: readonly Fault[];
  /** Wishes a second. */
  readonly rate: number;
  /** How long the load lasts at least, in ms; it ends when the last fault has healed. */
  readonly loadMs: number;
  /** An empty one, for all that the run leaves. */
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface RunResult {
  readonly figures: Figures;
  readonly injected: readonly Injected[];
  /** Why the run proves nothing: faults that did not happen, promises that were not judged. */
  readonly unproven: readonly string[];
  /** Broken promises, a sentence each. */
  readonly violations: readonly string[];
  readonly audit: string;
}

const crowdOf = (rate: number): Crowd => ({ rate, buyers: 240, hotProducts: 4, otherProducts: 60 });
const hotStock = 40;
const connections = 512;

interface Loaded {
  readonly injected: Injected[];
  readonly fromMs: number;
  readonly toMs: number;
}

async function loadAndBreak(run: PlayRun, stage: OpenedStage, asker: Asker & { history: History }, front: ShopFront) {
  const { plan, say, signal, loadMs } = run;
  const fromMs = now();
  const givingUp = new AbortController();
  const crowd = { ...asker, ending: givingUp.signal };
  const wishes = drawWishes(seedOf(`${plan.seed} load`), crowdOf(run.rate));
  const load = startLoad({ ...crowd, front, wishes, run: plan.seed });
  try {
    const faults = run.faults.map((fault) => ({
      ...fault,
      inject: (seed: string, ending: AbortSignal) => fault.inject(stage.as(seed), ending),
    }));
    const injected = await injectFaults({ planned: plan.faults, faults, now, say, signal });
    await pause(Math.max(0, fromMs + loadMs - now()), undefined, { signal });
    await awaitWhole(stage.as('').platform);
    const toMs = now();
    const untilMs = toMs + TOLD_WITHIN_MS;
    say(`${load.begun} wishes; asking on where the answer is not known`);
    const open = await settle({ ...crowd, asking: load.stop(), givingUp, untilMs });
    if (open.length > 0) say(`${open.length} keys are still open`);
    return { injected, fromMs, toMs } satisfies Loaded;
  } catch (error) {
    void load.stop();
    throw error;
  }
}

/** What is left of the scarce products goes by the piece; that it cannot be had is a violation, not a failure of the run. */
async function sellTheRest(run: PlayRun, asker: Asker, front: ShopFront, platform: Platform) {
  try {
    const sold = await sellOut({ ...asker, front, run: run.plan.seed, signal: run.signal });
    run.say(`${sold} pieces were left of the scarce products, and were sold`);
    return { left: await scarceLeft(platform, front.hotProducts), stuck: [] };
  } catch (error) {
    run.signal.throwIfAborted();
    return { left: [], stuck: [`the rest could not be sold: ${error instanceof Error ? error.message : error}`] };
  }
}

/**
 * Plays one run on a fresh platform, which is gone afterwards: load and faults, all healed, every key told, the rest sold, the
 * audit.
 * @throws Error when it could not be played
 */
export async function playRun(run: PlayRun): Promise<RunResult> {
  const { plan, folder, say, signal } = run;
  await using undo = new AsyncDisposableStack();
  const crowd = crowdOf(run.rate);
  const seed = { users: crowd.buyers, products: crowd.otherProducts };
  const stage = await openStage({ folder, seed, say, signal });
  undo.defer(() => stage.stop());
  const { platform } = stage.as('');
  const client = openClient(platform.url, connections);
  undo.defer(() => client.close());
  const history = openHistory(join(folder, 'history.jsonl'), now);
  // Whole on disk, also of a run that could not be played to its end.
  undo.defer(() => history.close());
  const asker = { client, history, now, random: randomOf(`${plan.seed} pauses`) };

  const front = await openShopFront({ platform, client, crowd, stock: hotStock });
  await chargeBuyers(asker, plan.seed, front.buyers);
  const { injected, fromMs, toMs } = await loadAndBreak(run, stage, asker, front);
  const { left, stuck } = await sellTheRest(run, asker, front, platform);
  await history.close();
  const audited = await auditRun({
    platform,
    history: history.file,
    folder,
    signal,
  });
  return {
    figures: takeFigures({ injected, history, fromMs, toMs }),
    injected,
    unproven: [
      ...injected.filter(({ evidence }) => !evidence.happened).map(({ name }) => `${name} did not happen`),
      ...audited.checks
        .filter(({ state }) => state === 'failed' || state === 'not-judged')
        .map(({ name, state, remarks }) => `audit: ${name} ${state}: ${remarks.join('; ')}`),
    ],
    violations: [
      ...judgeRun({ audited, history, injected, left, healedMs: toMs, patienceMs: TOLD_WITHIN_MS }),
      ...stuck,
    ],
    audit: audited.verdict,
  };
}
