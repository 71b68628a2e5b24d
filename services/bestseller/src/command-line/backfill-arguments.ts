import { parseArgs } from 'node:util';
import { z } from 'zod';
import { addDays, type Day } from '../domain/day.ts';

/** Arguments that the command cannot work with; the message is for its user. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = 'usage: npm run backfill -- --from YYYY-MM-DD --to YYYY-MM-DD (days in Asia/Seoul, at most 400)';

const MOST_DAYS = 400;

const range = z.object({ from: z.iso.date(), to: z.iso.date() });

/**
 * The days from the first to the last, oldest first; nothing when only help is asked for.
 * @throws UsageError
 */
export function backfillDays(args: readonly string[]): Day[] | undefined {
  const values = parsed(args);
  if (values.help) return undefined;
  const { success, data } = range.safeParse(values);
  if (!success) throw new UsageError(`--from and --to must be days; ${usage}`);
  if (data.from > data.to) throw new UsageError(`--from must not be after --to; ${usage}`);
  if (data.to >= addDays(data.from, MOST_DAYS)) throw new UsageError(`at most ${MOST_DAYS} days at once; ${usage}`);
  const days: Day[] = [];
  for (let day = data.from; day <= data.to; day = addDays(day, 1)) days.push(day);
  return days;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message.split('.')[0] : error}; ${usage}`, { cause: error });
  }
}
