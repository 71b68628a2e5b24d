import { join } from 'node:path';
import type { ServiceProcess } from '@onsale/local';
import { auditRun } from '../../campaign/audit-run.ts';
import { now } from '../../campaign/clock.ts';
import { openStage } from '../../campaign/open-stage.ts';
import { randomOf } from '../../campaign/seeds.ts';
import type { Stage } from '../../campaign/stage.ts';
import { chargeBuyers } from '../../load/charge-buyers.ts';
import { openHistory } from '../../load/history.ts';
import { type Asking, createAsking } from '../asking/asking.ts';
import type { TrialOptions, TrialResult } from '../trial.ts';
import { problemsOf } from './audit-problems.ts';
import { openTrialShop, type TrialShop } from './trial-shop.ts';

/** Where a trial is held: a fresh platform, its shop, and clients who write down all they hear. */
export interface Ground extends Pick<TrialOptions, 'say' | 'signal'> {
  /** Seeded, for this trial alone. */
  readonly random: () => number;
  readonly stage: Stage;
  readonly shop: TrialShop;
  readonly asking: Asking;
  /** The two instances of a service. */
  pairOf(service: string): readonly [ServiceProcess, ServiceProcess];
}

const users = 300;
const products = 20;
/** Longer than any answer may stay unknown: what is not told by then is a violation. */
const patienceMs = 45_000;

/** Holds a trial on a fresh platform with two order and two point instances; what it did is audited in the end. */
export async function holdTrial(
  { folder, seed, say, signal }: TrialOptions,
  hold: (ground: Ground) => Promise<TrialResult>,
): Promise<TrialResult> {
  await using undo = new AsyncDisposableStack();
  const opened = await openStage({ folder, seed: { users, products }, say, signal });
  undo.defer(() => opened.stop());
  const stage = opened.as(seed);
  const { platform } = stage;
  const shop = await openTrialShop(platform, users);
  undo.defer(() => shop.close());
  const history = openHistory(join(folder, 'history.jsonl'), now);
  // Apart from what the trial draws: how many pauses there are is not for the seed to say.
  const pauses = randomOf(`${seed} pauses`);
  await chargeBuyers({ client: shop.front, history, now, random: pauses }, 'trial', shop.buyers);

  const asking = createAsking({ history, now, random: pauses, patienceMs });
  const pairOf: Ground['pairOf'] = (service) => {
    const [one, other] = platform.services[service] ?? [];
    if (one === undefined || other === undefined) throw new Error(`there are no two instances of ${service}`);
    return [one, other];
  };
  const result = await hold({ stage, shop, asking, pairOf, random: randomOf(seed), say, signal });
  await history.close();
  say('the audit');
  const audited = await auditRun({ platform, history: history.file, folder, signal });
  return { ...result, violations: [...result.violations, ...asking.faults, ...problemsOf(audited)] };
}
