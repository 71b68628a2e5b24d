import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRunFolder } from '../campaign/run-folder.ts';
import { trials } from './index.ts';
import type { TrialChoice } from './read-trial-options.ts';
import type { Trial, TrialResult } from './trial.ts';

export interface HoldTrials {
  readonly choice: TrialChoice;
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What is said of a trial in the end. */
interface ToldTrial {
  readonly name: string;
  readonly verdict: 'passed' | 'violated' | 'unproven' | 'failed';
  readonly figures: string;
}

function verdictOf({ violations, happened }: TrialResult): ToldTrial['verdict'] {
  if (violations.length > 0) return 'violated';
  return happened ? 'passed' : 'unproven';
}

async function holdOne(trial: Trial, holding: HoldTrials, campaignFolder: string): Promise<ToldTrial> {
  const { choice, print, signal } = holding;
  const { seed, keep, long } = choice;
  const count = choice.count ?? (long ? trial.counts.long : trial.counts.short);
  const folder = openRunFolder(campaignFolder, { seed: trial.name, faults: [] });
  const startedAt = performance.now();
  const say = (line: string) => {
    print(`[${trial.name} ${((performance.now() - startedAt) / 1000).toFixed(1)} s] ${line}`);
    folder.log(line);
  };
  const told = await trial.run({ count, seed: `${seed} ${trial.name}`, folder: folder.path, say, signal }).then(
    (result): ToldTrial => {
      for (const violation of result.violations) say(`! ${violation}`);
      return { name: trial.name, verdict: verdictOf(result), figures: result.figures };
    },
    (error: unknown): ToldTrial => {
      say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { name: trial.name, verdict: 'failed', figures: error instanceof Error ? error.message : String(error) };
    },
  );
  if (keep) print(`kept: ${folder.path}`);
  else if (told.verdict === 'passed' || signal.aborted) folder.remove();
  else {
    folder.keepWhatExplains();
    print(`${trial.name} ${told.verdict}. What explains it is in ${folder.path}; to hold it again:`);
    print(`  npm run test:faults -- --trial ${trial.name} --count ${count} --seed ${seed}`);
  }
  return told;
}

/** Holds trials one after the other and prints a line for each; whether all passed. */
export async function holdTrials(holding: HoldTrials): Promise<boolean> {
  const { print, signal } = holding;
  const { names, seed, keep } = holding.choice;
  const chosen = trials.filter(({ name }) => names.includes(name));
  const folder = mkdtempSync(join(tmpdir(), 'onsale-trials-'));
  print(`seed ${seed}: trials ${chosen.map(({ name }) => name).join(', ')}`);
  const told: ToldTrial[] = [];
  try {
    for (const trial of chosen) {
      if (signal.aborted) break;
      told.push(await holdOne(trial, holding, folder));
    }
  } finally {
    if (!keep && told.every(({ verdict }) => verdict === 'passed')) rmSync(folder, { recursive: true, force: true });
  }
  const width = Math.max(0, ...told.map(({ name }) => name.length));
  print('');
  for (const { name, verdict, figures } of told) print(`${name.padEnd(width)}  ${verdict.padEnd(8)}  ${figures}`);
  return !signal.aborted && told.length > 0 && told.every(({ verdict }) => verdict === 'passed');
}
