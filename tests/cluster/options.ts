import { parseArgs } from 'node:util';
import { z } from 'zod';
import { orUsage } from '../support/or-usage.ts';

const usage =
  'usage: npm run test:cluster -- [--only STEP,STEP] [--from STEP] [--cluster NAME] [--namespace NAME] [--rate REQUESTS_PER_SECOND] [--keep] [--list]';

const label = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?$/, 'a name is lower-case letters, digits and dashes');

const values = z.strictObject({
  only: z.string().optional(),
  from: z.string().optional(),
  cluster: label.optional(),
  namespace: label.default('onsale'),
  rate: z.coerce.number().int().min(1).max(100_000).optional(),
  keep: z.boolean().default(false),
  list: z.boolean().default(false),
});

/** What the test is to do. */
export interface Options {
  /** The steps to run; undefined: all of them. */
  readonly only?: readonly string[];
  /** The step to begin with. */
  readonly from?: string;
  /** A kind cluster that is there and stays; undefined: one of the test's own. */
  readonly cluster?: string;
  readonly namespace: string;
  /** Requests per second of the steady load, where the peak is not measured first. */
  readonly rate?: number;
  /** Whether a cluster of the test's own stays when all is done. */
  readonly keep: boolean;
  readonly list: boolean;
}

/** The options on the command line. @throws Error with the usage */
export function readOptions(args: readonly string[], steps: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = { only: text, from: text, cluster: text, namespace: text, rate: text, keep: flag, list: flag };
  return orUsage(usage, () => {
    const { only, from, cluster, rate, ...rest } = values.parse(parseArgs({ args: [...args], options }).values);
    const wanted = only?.split(',');
    const unknown = [...(wanted ?? []), ...(from === undefined ? [] : [from])].find((step) => !steps.includes(step));
    if (unknown !== undefined) throw new Error(`there is no step ${unknown}; there are ${steps.join(', ')}`);
    return {
      ...rest,
      ...(wanted && { only: wanted }),
      ...(from !== undefined && { from }),
      ...(cluster !== undefined && { cluster }),
      ...(rate !== undefined && { rate }),
    };
  });
}
