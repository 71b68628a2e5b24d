import { holdCampaign } from './campaign/hold-campaign.ts';
import { knownFaults } from './campaign/known-faults.ts';
import { readOptions } from './campaign/options.ts';
import { huntSeededBugs } from './seeded-bugs/hunt.ts';
import { holdTrials } from './trials/hold-trials.ts';
import { trials } from './trials/index.ts';
import { readTrialOptions } from './trials/read-trial-options.ts';

// The platform broken on purpose, and judged by what it promises: at random run after run, or in one of the trials, or with a
// bug planted to see that it is caught.

const args = process.argv.slice(2);
const print = (line: string) => console.log(line);
const ending = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    if (!ending.signal.aborted) print('\nEnding: what was broken is healed, then everything stops.');
    ending.abort();
  });
}
const { signal } = ending;

const asksFor = (flag: string) => args.some((word) => word === flag || word.startsWith(`${flag}=`));

function list(): void {
  for (const { name, takesMs } of knownFaults.flat()) print(`${name.padEnd(56)} at most ${takesMs / 1000} s`);
  print('');
  for (const { name, description } of trials) print(`--trial ${name.padEnd(16)} ${description}`);
}

async function main(): Promise<boolean> {
  if (asksFor('--seeded-bugs')) return huntSeededBugs({ args, signal, print });
  if (asksFor('--trial')) {
    const names = trials.map(({ name }) => name);
    return holdTrials({ choice: readTrialOptions(args, names), signal, print });
  }
  const options = readOptions(
    args,
    knownFaults.flat().map(({ name }) => name),
  );
  if (!options.list) return holdCampaign({ faults: knownFaults, options, signal, print });
  list();
  return true;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
