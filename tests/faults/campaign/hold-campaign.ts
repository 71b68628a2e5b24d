import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from './fault.ts';
import { matching, type Options } from './options.ts';
import { planRun, type RunPlan } from './plan.ts';
import { playRun } from './play-run.ts';
import { printCampaign } from './print-campaign.ts';
import { openRunFolder } from './run-folder.ts';
import { reportOf, type ToldRun, verdictOf } from './told-run.ts';

export interface HoldCampaign {
  /** Faults by family. */
  readonly faults: readonly (readonly Fault[])[];
  readonly options: Options;
  /** Ends the campaign early; what runs is stopped. */
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** A fault each so many ms of the load, on average. */
const faultEveryMs = 5_000;

function planOf(run: number, { faults, options }: HoldCampaign): RunPlan {
  const families = faults.map((family) => {
    const names = family.map(({ name }) => name);
    return options.only === undefined ? names : matching(names, options.only);
  });
  const loadMs = options.seconds * 1000;
  const count = Math.max(1, Math.round(loadMs / faultEveryMs));
  return planRun({ seed: options.seed, run, families, faults: count, loadMs });
}

/** The command that plays a run again, alone. */
function againWith(seed: string, { seconds, rate, only }: Options): string {
  const chosen = only === undefined ? '' : ` --only '${only.join(',')}'`;
  return `npm run test:faults -- --seed ${seed} --seconds ${seconds} --rate ${rate}${chosen}`;
}

async function playTold(run: number, campaign: HoldCampaign, campaignFolder: string): Promise<ToldRun> {
  const { faults, options, signal, print } = campaign;
  const plan = planOf(run, campaign);
  const folder = openRunFolder(campaignFolder, plan);
  const startedAt = performance.now();
  const say = (line: string) => {
    print(`[${plan.seed} ${((performance.now() - startedAt) / 1000).toFixed(1)} s] ${line}`);
    folder.log(line);
  };
  const told = await playRun({
    plan,
    faults: faults.flat(),
    rate: options.rate,
    loadMs: options.seconds * 1000,
    folder: folder.path,
    say,
    signal,
  }).then(
    (result): ToldRun => ({ seed: plan.seed, verdict: verdictOf(result), result }),
    (error: unknown): ToldRun => {
      say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { seed: plan.seed, verdict: 'failed', why: error instanceof Error ? error.message : String(error) };
    },
  );
  if (told.verdict !== 'failed') {
    for (const line of [...told.result.violations, ...told.result.unproven]) say(`! ${line}`);
  }
  if (options.keep) print(`kept: ${folder.path}`);
  else if (told.verdict === 'passed' || signal.aborted) folder.remove();
  else folder.keepWhatExplains();
  if (told.verdict !== 'passed' && !signal.aborted) {
    print(`${plan.seed} ${told.verdict}. What explains it is in ${folder.path}; to play it again:`);
    print(`  ${againWith(plan.seed, options)}`);
  }
  return told;
}

/** Plays the runs one after the other and prints their table; whether every one passed. */
export async function holdCampaign(campaign: HoldCampaign): Promise<boolean> {
  const { options, signal, print } = campaign;
  const folder = mkdtempSync(join(tmpdir(), 'onsale-faults-'));
  print(
    `seed ${options.seed}: ${options.runs.length} runs of at least ${options.seconds} s, ${options.rate} wishes a second`,
  );
  const told: ToldRun[] = [];
  try {
    for (const run of options.runs) {
      if (signal.aborted) break;
      told.push(await playTold(run, campaign, folder));
    }
  } finally {
    // What was kept stays.
    if (!options.keep && told.every(({ verdict }) => verdict === 'passed'))
      rmSync(folder, { recursive: true, force: true });
  }
  if (options.report !== undefined) writeFileSync(options.report, reportOf(told));
  print(`\n${printCampaign(told)}`);
  return !signal.aborted && told.length > 0 && told.every(({ verdict }) => verdict === 'passed');
}
