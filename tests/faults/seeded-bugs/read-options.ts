import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { orUsage } from '../../support/or-usage.ts';

const usage =
  'usage: npm run test:faults -- --seeded-bugs [--only NN,…] [--clean N] [--runs N] [--seed S] [--seconds T] [--rate R] [--keep]';

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const values = z.strictObject({
  'seeded-bugs': z.literal(true),
  only: z.string().min(1).optional(),
  clean: whole(1, 1_000).optional(),
  runs: whole(1, 100).default(4),
  seed: whole(0, 999_999_999).optional(),
  seconds: whole(1, 3_600).default(40),
  rate: whole(1, 10_000).default(60),
  keep: z.boolean().default(false),
});

/** What is to be done with the seeded bugs. */
export interface HuntOptions {
  /** Numbers of the bugs; all of them when absent. */
  readonly only?: readonly string[];
  /** So many runs without any bug instead. */
  readonly clean?: number;
  /** How many runs each bug has to be caught in. */
  readonly runs: number;
  readonly seed: number;
  /** How long each run's load lasts at least. */
  readonly seconds: number;
  /** Wishes a second. */
  readonly rate: number;
  /** Whether what the runs leave is kept. */
  readonly keep: boolean;
}

/** The words on the command line. @throws Error with the usage when they cannot be understood */
export function readHuntOptions(args: readonly string[], numbers: readonly string[]): HuntOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    'seeded-bugs': flag,
    keep: flag,
    only: text,
    clean: text,
    runs: text,
    seed: text,
    seconds: text,
    rate: text,
  };
  return orUsage(usage, () => {
    const given = values.parse(parseArgs({ args: [...args], options }).values);
    const { only, clean, seed, runs, seconds, rate, keep } = given;
    const wanted = only?.split(',').map((number) => number.trim().padStart(2, '0'));
    const unknown = wanted?.find((number) => !numbers.includes(number));
    if (unknown !== undefined) throw new Error(`there is no seeded bug ${unknown}; there are ${numbers.join(', ')}`);
    if (wanted !== undefined && clean !== undefined) throw new Error('--clean is without bugs, --only names some');
    return {
      ...(wanted && { only: wanted }),
      ...(clean !== undefined && { clean }),
      ...{ runs, seconds, rate, keep, seed: seed ?? randomInt(1_000_000) },
    };
  });
}
