import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { orUsage } from '../../support/or-usage.ts';

const usage = 'usage: npm run test:faults -- --trial all|NAME[,…] [--count N | --long] [--seed S] [--keep]';

const values = z.strictObject({
  trial: z.string().min(1),
  count: z.coerce.number().int().min(1).max(100_000).optional(),
  long: z.boolean().default(false),
  seed: z
    .string()
    .regex(/^\d{1,15}$/, 'a seed is a whole number')
    .optional(),
  keep: z.boolean().default(false),
});

/** Which trials are to be held, and how much of each. */
export interface TrialChoice {
  readonly names: readonly string[];
  /** Of each; as many as belong to the short campaign, or to the long one, when left out. */
  readonly count?: number;
  readonly long: boolean;
  readonly seed: string;
  /** Whether the folders of trials that passed are kept as well. */
  readonly keep: boolean;
}

const largestSeed = 1_000_000;

/** The words on the command line; `known`: every trial. @throws Error with the usage when they cannot be understood */
export function readTrialOptions(args: readonly string[], known: readonly string[]): TrialChoice {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  return orUsage(usage, () => {
    const options = { trial: text, count: text, long: flag, seed: text, keep: flag };
    const { trial, count, long, seed, keep } = values.parse(parseArgs({ args: [...args], options }).values);
    const names = trial === 'all' ? known : trial.split(',').map((name) => name.trim());
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined) throw new Error(`there is no trial "${unknown}", but ${known.join(', ')}`);
    if (long && count !== undefined) throw new Error('--count and --long exclude each other');
    return { names, long, seed: seed ?? String(randomInt(largestSeed)), keep, ...(count !== undefined && { count }) };
  });
}
