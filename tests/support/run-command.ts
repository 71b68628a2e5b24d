import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { until } from './until.ts';

const checkout = resolve(import.meta.dirname, '../..');

/** A command of the project that runs beside the test. */
export interface RunningCommand {
  readonly process: ChildProcess;
  /** What it printed so far, errors included. */
  output(): string;
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Starts a TypeScript file of the project the way its npm scripts do. */
export function startCommand(file: string, args: readonly string[], env: Record<string, string> = {}): RunningCommand {
  const child = spawn('sh', ['scripts/run.sh', file, ...args], {
    cwd: checkout,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const ended = new Promise<number | null>((resolveEnded) => child.once('close', resolveEnded));
  return { process: child, output: () => printed, ended };
}

/** Waits for the command to end by itself; its output and exit code. */
export async function finish(
  command: RunningCommand,
  withinMs: number,
): Promise<{ code: number | null; output: string }> {
  let code: number | null | undefined;
  void command.ended.then((ended) => {
    code = ended;
  });
  await until('the command to end', async () => code !== undefined, withinMs).catch((error: unknown) => {
    throw new Error(command.output(), { cause: error });
  });
  return { code: code ?? null, output: command.output() };
}
