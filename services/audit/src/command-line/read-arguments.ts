import { parseArgs } from 'node:util';
import { z } from 'zod';
import { AuditError } from '../snapshot/audit-error.ts';

export interface Arguments {
  readonly json: boolean;
  readonly help: boolean;
  readonly clientLog?: string;
  readonly waitMs?: number;
}

export const usage = 'usage: npm run audit [-- --json] [--client-log FILE] [--wait SECONDS]';

const waitSeconds = z.coerce.number().min(0).max(3_600);

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        'client-log': { type: 'string' },
        wait: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new AuditError(`${error instanceof Error ? error.message.split('.')[0] : error}; ${usage}`, { cause: error });
  }
}

/** @throws AuditError with the usage when they cannot be understood */
export function readArguments(args: readonly string[]): Arguments {
  const values = parse(args);
  const wait = waitSeconds.optional().safeParse(values.wait === '' ? Number.NaN : values.wait);
  if (!wait.success) throw new AuditError(`--wait must be 0 to 3600 seconds; ${usage}`);
  const clientLog = values['client-log'];
  return {
    json: values.json,
    help: values.help,
    ...(clientLog === undefined ? {} : { clientLog }),
    ...(wait.data === undefined ? {} : { waitMs: wait.data * 1000 }),
  };
}
