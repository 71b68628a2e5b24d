import type { ExitCode } from './exit-codes.ts';
import { runCommand } from './run-command.ts';

/** Runs a command as this process: its lines go out as they come, its end is the process's. */
export async function runMain(
  name: string,
  command: (print: (line: string) => void) => Promise<ExitCode>,
): Promise<void> {
  process.exitCode = await runCommand(
    name,
    (line) => void process.stderr.write(`${line}\n`),
    () => command((line) => void process.stdout.write(`${line}\n`)),
  );
}
