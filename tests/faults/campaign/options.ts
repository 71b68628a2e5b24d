import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { orUsage } from '../../support/or-usage.ts';

const usage =
  'usage: npm run test:faults -- [--runs N] [--seed S] [--run K] [--seconds T] [--rate R] [--only NAME,…] [--report FILE] [--list] [--keep]';

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most).optional();

const values = z.strictObject({
  runs: whole(1, 100_000),
  seed: z
    .string()
    .regex(/^\d{1,15}(-\d{1,6})?$/, 'a seed is a whole number, or one of a run such as 7-3')
    .optional(),
  run: whole(0, 999_999),
  seconds: whole(1, 3_600),
  rate: whole(1, 10_000),
  only: z.string().min(1).optional(),
  report: z.string().min(1).optional(),
  list: z.boolean().default(false),
  keep: z.boolean().default(false),
});

/** What the campaign is to do. */
export interface Options {
  /** Of the campaign: with the number of a run it fixes the run. */
  readonly seed: string;
  /** The numbers of the runs. */
  readonly runs: readonly number[];
  /** How long each run's load lasts at least. */
  readonly seconds: number;
  /** Wishes a second. */
  readonly rate: number;
  /** What the names of the faults to choose from are, or have in them; all faults when absent. */
  readonly only?: readonly string[];
  /** Where what became of the runs is written as well, in JSON. */
  readonly report?: string;
  readonly list: boolean;
  /** Whether the folders of runs that passed are kept as well, and the servers' data with them. */
  readonly keep: boolean;
}

const shortCampaign = 5;
const largestSeed = 1_000_000;

/** The names that one of the words is; names that have the word in them when none is it. */
export function matching(names: readonly string[], words: readonly string[]): string[] {
  return words.flatMap((word) => {
    const exact = names.filter((name) => name === word);
    return exact.length > 0 ? exact : names.filter((name) => name.includes(word));
  });
}

/** The words on the command line. @throws Error with the usage when they cannot be understood */
export function readOptions(args: readonly string[], faults: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const numbers = { runs: text, seed: text, run: text, seconds: text, rate: text };
  const options = { ...numbers, only: text, report: text, list: flag, keep: flag };
  return orUsage(usage, () => {
    const given = values.parse(parseArgs({ args: [...args], options }).values);
    const [seed = '', ofRun] = (given.seed ?? String(randomInt(largestSeed))).split('-');
    const only = given.only?.split(',').map((name) => name.trim());
    const unknown = only?.find((word) => matching(faults, [word]).length === 0);
    if (unknown !== undefined) throw new Error(`there is no fault "${unknown}"; --list names them`);
    const one = ofRun === undefined ? given.run : Number(ofRun);
    if (one !== undefined && given.runs !== undefined) throw new Error('--runs is for all, a single run has a number');
    return {
      seed,
      runs: one === undefined ? Array.from({ length: given.runs ?? shortCampaign }, (_, run) => run) : [one],
      seconds: given.seconds ?? 40,
      rate: given.rate ?? 40,
      ...(only && { only }),
      ...(given.report !== undefined && { report: given.report }),
      list: given.list,
      keep: given.keep,
    };
  });
}
