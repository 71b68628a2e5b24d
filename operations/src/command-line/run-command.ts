import { DomainError } from '@onsale/platform/http';
import { ConfigError } from '@onsale/platform/service';
import { CommandError } from './command-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { oneLine } from './plain-text.ts';

/** Runs a command; what is expected to go wrong is one line, all else is told with its stack. */
export async function runCommand(
  name: string,
  complain: (line: string) => void,
  command: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await command();
  } catch (error) {
    const expected = error instanceof CommandError || error instanceof ConfigError || error instanceof DomainError;
    const text = error instanceof Error ? (expected ? oneLine(messageOf(error)) : error.stack) : String(error);
    complain(`${name}: ${text}`);
    return exitCodes.failed;
  }
}

/** The database's refusals are made for clients: an operator is told the cause as well. */
function messageOf(error: Error): string {
  const cause = error instanceof DomainError && error.cause instanceof Error ? error.cause.message : '';
  return cause === '' || error.message.includes(cause) ? error.message : `${error.message} (${cause})`;
}
