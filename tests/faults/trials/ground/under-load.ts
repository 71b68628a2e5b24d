import { join } from 'node:path';
import { openClient } from '../../../../load-tests/src/sale/open-client.ts';
import { type Audited, auditRun } from '../../campaign/audit-run.ts';
import { awaitWhole } from '../../campaign/await-whole.ts';
import { now } from '../../campaign/clock.ts';
import { openStage } from '../../campaign/open-stage.ts';
import { randomOf, seedOf } from '../../campaign/seeds.ts';
import type { Stage } from '../../campaign/stage.ts';
import { chargeBuyers } from '../../load/charge-buyers.ts';
import { type Crowd, drawWishes } from '../../load/draw-wishes.ts';
import { type History, openHistory } from '../../load/history.ts';
import { nameOf } from '../../load/request.ts';
import { settle } from '../../load/settle.ts';
import { openShopFront } from '../../load/shop-front.ts';
import { startLoad } from '../../load/start-load.ts';
import { TOLD_WITHIN_MS } from '../../load/told-within.ts';
import type { TrialOptions, TrialResult } from '../trial.ts';
import { type Heeded, heed } from './attempts.ts';
import { problemsOf } from './audit-problems.ts';

/** A platform under a steady load by way of the gateway. */
export interface LoadedGround extends Pick<TrialOptions, 'say' | 'signal'> {
  /** Seeded, for this trial alone. */
  readonly random: () => number;
  readonly stage: Stage;
  readonly history: Pick<History, 'keys'>;
  /** Every attempt so far. */
  readonly attempts: readonly Heeded[];
}

const crowd: Crowd = { rate: 40, buyers: 240, hotProducts: 4, otherProducts: 30 };
/** So much that the scarce products are not sold out while a rate is measured. */
const stock = 100_000;
const connections = 256;
const users = crowd.buyers;

export interface Held extends TrialResult {
  /** What the audit's report means; whatever it reports is a broken promise unless given. */
  judgeAudit?(audited: Audited): Promise<AuditJudged>;
}

interface AuditJudged {
  readonly figures?: string;
  readonly violations: readonly string[];
}

const asItIs = async (audited: Audited): Promise<AuditJudged> => ({ violations: problemsOf(audited) });

/** Holds a trial on a fresh platform while a crowd comes at a steady rate; every key is told in the end, and all is audited. */
export async function underLoad(
  { folder, seed, say, signal }: TrialOptions,
  hold: (ground: LoadedGround) => Promise<Held>,
): Promise<TrialResult> {
  await using undo = new AsyncDisposableStack();
  const opened = await openStage({ folder, seed: { users, products: crowd.otherProducts }, say, signal });
  undo.defer(() => opened.stop());
  const stage = opened.as(seed);
  const { platform } = stage;
  const client = openClient(platform.url, connections);
  undo.defer(() => client.close());
  const history = openHistory(join(folder, 'history.jsonl'), now);
  const attempts: Heeded[] = [];
  const heard: History['heard'] = (request, told, attempt) => {
    attempts.push(heed(request, told, attempt));
    history.heard(request, told, attempt);
  };
  const givingUp = new AbortController();
  const asker = {
    ending: givingUp.signal,
    client,
    history: { heard, keys: history.keys },
    now,
    random: randomOf(`${seed} pauses`),
  };
  const front = await openShopFront({ platform, client, crowd, stock });
  await chargeBuyers(asker, 'trial', front.buyers);

  const wishes = drawWishes(seedOf(`${seed} load`), crowd);
  const load = startLoad({ ...asker, front, wishes, run: 'trial' });
  undo.defer(async () => void load.stop());
  const held = await hold({ stage, history, attempts, random: randomOf(seed), say, signal });
  await awaitWhole(platform);
  say(`${load.begun} wishes; asking on where the answer is not known`);
  const open = await settle({ ...asker, asking: load.stop(), givingUp, untilMs: now() + TOLD_WITHIN_MS });
  await history.close();
  say('the audit');
  const audited = await auditRun({ platform, history: history.file, folder, signal });
  const judged = await (held.judgeAudit ?? asItIs)(audited);
  const unknown = open.map(({ request }) => `${nameOf(request)} was never told`);
  return {
    figures: [held.figures, judged.figures].filter(Boolean).join('; '),
    happened: held.happened,
    violations: [...held.violations, ...unknown, ...judged.violations],
  };
}
