import { CommandError } from '../command-line/command-error.ts';
import { readArgs } from '../command-line/read-args.ts';

export type Arguments =
  | { readonly asked: 'help' }
  | { readonly asked: 'switch' }
  | { readonly asked: 'promote'; readonly acceptLoss: boolean }
  | { readonly asked: 'watch'; readonly afterSeconds: number };

export const usage =
  'usage: npm run failover [-- --accept-loss | --switch | --watch [--after SECONDS]]: promotes the replica when the ' +
  'primary is lost; --accept-loss: also when acknowledged writes may be missing; --switch: moves a primary that ' +
  'answers; --watch: promotes by itself after SECONDS of silence (15), never with loss';

const shortestSilenceSeconds = 5;
const longestSilenceSeconds = 3_600;

/** @throws CommandError with the usage when they cannot be understood */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = readArgs(
    args,
    {
      'accept-loss': { type: 'boolean', default: false },
      switch: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
      after: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
    usage,
  );
  if (values.help) return { asked: 'help' };
  if (positionals.length > 0) throw new CommandError(`unexpected ${positionals[0]}; ${usage}`);
  const { 'accept-loss': acceptLoss, switch: isSwitch, watch, after } = values;
  if ([acceptLoss, isSwitch, watch].filter(Boolean).length > 1) {
    throw new CommandError(`--accept-loss, --switch and --watch exclude each other; ${usage}`);
  }
  if (after !== undefined && !watch) throw new CommandError(`--after belongs to --watch; ${usage}`);
  if (watch) return { asked: 'watch', afterSeconds: silence(after ?? '15') };
  return isSwitch ? { asked: 'switch' } : { asked: 'promote', acceptLoss };
}

function silence(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= shortestSilenceSeconds && seconds <= longestSilenceSeconds)
    return seconds;
  throw new CommandError(
    `--after must be a whole number of seconds from ${shortestSilenceSeconds} to ${longestSilenceSeconds}`,
  );
}
