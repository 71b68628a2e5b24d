import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CommandError } from './command-error.ts';

/** The arguments as Node reads them. @throws CommandError with the usage */
export function readArgs<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const problem = error instanceof Error ? error.message.split('.')[0] : String(error);
    throw new CommandError(`${problem}; ${usage}`, { cause: error });
  }
}
