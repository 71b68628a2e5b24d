import { table } from '../../cluster/tools/table.ts';
import { inACopy } from './in-a-copy.ts';
import { type Played, playInCopy } from './play-in-copy.ts';
import { type HuntOptions, readHuntOptions } from './read-options.ts';
import { listSeededBugs, type SeededBug } from './seeded-bug.ts';
import { type Tried, tryBug } from './try-bug.ts';

export interface Hunt {
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

type Hunting = Omit<Hunt, 'args'> & { readonly options: HuntOptions };

function printTried(tried: readonly Tried[]): string {
  const rows = tried.map(({ bug, runs, caughtBy: [first = 'nothing', ...more] }) => {
    const others = more.length > 0 ? ` (and ${more.length} more)` : '';
    return [bug.number, bug.name, String(runs), `${first}${others}`];
  });
  const caught = tried.filter(({ caughtBy }) => caughtBy.length > 0).length;
  return `${table(['bug', '', 'runs', 'caught by'], rows)}\n\n${caught} of ${tried.length} seeded bugs caught`;
}

async function tryBugs(bugs: readonly SeededBug[], { options, signal, print }: Hunting): Promise<boolean> {
  const tried: Tried[] = [];
  for (const bug of bugs) {
    print(`\n${bug.number} ${bug.name}: ${bug.breaks}`);
    tried.push(await tryBug(bug, options, signal));
  }
  print(`\n${printTried(tried)}`);
  return tried.every(({ caughtBy }) => caughtBy.length > 0);
}

async function playClean(runs: number, { options, signal, print }: Hunting): Promise<boolean> {
  const played: Played[] = [];
  await inACopy(async ({ copy, scratch, keepWhatIsLeft }) => {
    for (let run = 0; run < runs; run++) {
      const one = await playInCopy({ copy, scratch, run, options, signal });
      if (one.verdict !== 'passed') keepWhatIsLeft();
      played.push(one);
    }
  }, options);
  const count = (verdict: Played['verdict']) => played.filter((one) => one.verdict === verdict).length;
  const open = count('unproven') + count('failed');
  print(
    `\n${count('passed')} clean runs, ${count('violated')} false alarms${open > 0 ? `, ${open} that prove nothing` : ''}`,
  );
  return count('passed') === runs;
}

/**
 * Tries every seeded bug in turn, and prints in how many runs each was caught, and by what; or plays runs without any, which
 * must report nothing. Whether all is as it should be.
 * @throws Error with the usage when the arguments cannot be understood
 */
export async function huntSeededBugs({ args, signal, print }: Hunt): Promise<boolean> {
  const bugs = await listSeededBugs();
  const options = readHuntOptions(
    args,
    bugs.map(({ number }) => number),
  );
  const hunting = { options, signal, print };
  print(`seed ${options.seed}`);
  if (options.clean !== undefined) return playClean(options.clean, hunting);
  return tryBugs(
    bugs.filter(({ number }) => options.only?.includes(number) ?? true),
    hunting,
  );
}
