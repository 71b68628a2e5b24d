import type { OutboxRange } from '@onsale/platform/messaging';
import { z } from 'zod';
import { CommandError } from '../command-line/command-error.ts';
import { readArgs } from '../command-line/read-args.ts';

export type Arguments =
  | { readonly help: true }
  | {
      readonly help: false;
      readonly schema?: string;
      readonly range: OutboxRange;
      readonly topic?: string;
      readonly dryRun: boolean;
    };

export const usage =
  'usage: npm run republish -- --schema SCHEMA (--from-id N --to-id M | --since TIME --until TIME) ' +
  '[--topic TOPIC] [--dry-run]';

const id = z
  .string()
  .regex(/^\d{1,19}$/)
  .transform(BigInt);
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** @throws CommandError with the usage when they cannot be understood */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = readArgs(
    args,
    {
      schema: { type: 'string' },
      'from-id': { type: 'string' },
      'to-id': { type: 'string' },
      since: { type: 'string' },
      until: { type: 'string' },
      topic: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    usage,
  );
  if (values.help) return { help: true };
  const { schema, topic } = values;
  if (positionals.length > 0) throw new CommandError(`unexpected ${positionals[0]}; ${usage}`);
  return {
    help: false,
    range: rangeOf(values),
    dryRun: values['dry-run'],
    ...(schema === undefined ? {} : { schema }),
    ...(topic === undefined ? {} : { topic }),
  };
}

interface Bounds {
  readonly 'from-id'?: string | undefined;
  readonly 'to-id'?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

function rangeOf({ 'from-id': fromId, 'to-id': toId, since, until }: Bounds): OutboxRange {
  const ids = fromId !== undefined && toId !== undefined;
  const times = since !== undefined && until !== undefined;
  if (ids === times || [fromId, toId, since, until].filter((bound) => bound !== undefined).length !== 2) {
    throw new CommandError(`the range needs both ends: --from-id and --to-id, or --since and --until; ${usage}`);
  }
  return ids
    ? { fromId: read(id, '--from-id', fromId, 'a whole number'), toId: read(id, '--to-id', toId, 'a whole number') }
    : {
        since: read(time, '--since', since, 'a time such as 2026-01-31T09:00:00Z'),
        until: read(time, '--until', until, 'a time such as 2026-01-31T09:00:00Z'),
      };
}

function read<T>(schema: z.ZodType<T>, name: string, text: string | undefined, rule: string): T {
  const result = schema.safeParse(text);
  if (!result.success) throw new CommandError(`${name} must be ${rule}`);
  return result.data;
}
