import { execFile } from 'node:child_process';

export interface Executed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ExecuteOptions {
  /** The program is killed after so long. */
  readonly timeoutMs: number;
  readonly env?: NodeJS.ProcessEnv;
  /** What it reads. */
  readonly input?: string;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
}

const tail = (text: string, lines: number) => text.trimEnd().split('\n').slice(-lines).join('\n');

/** Enough of an argument to know it by; some are whole scripts. */
const short = (text: string) => (text.length > 100 ? `${text.slice(0, 60).replaceAll('\n', ' ')}…` : text);

/** A program that ended badly, with the end of what it said. */
export class CommandFailed extends Error {
  readonly executed: Executed;
  constructor(program: string, args: readonly string[], executed: Executed, why: string) {
    const said = [tail(executed.stdout, 15), tail(executed.stderr, 25)].filter((text) => text !== '').join('\n');
    super(`${program} ${args.map(short).join(' ')}: ${why}\n${said}`);
    this.name = 'CommandFailed';
    this.executed = executed;
  }
}

/** Runs a program to its end, whatever its exit code. @throws CommandFailed when it cannot be run or is out of time */
export function tryExecute(program: string, args: readonly string[], options: ExecuteOptions): Promise<Executed> {
  const { timeoutMs, env, input, cwd, signal } = options;
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      [...args],
      {
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: 64 * 1024 * 1024,
        ...(env && { env }),
        ...(cwd !== undefined && { cwd }),
        ...(signal && { signal }),
      },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1;
        const executed = { code, stdout, stderr };
        if (error?.killed) reject(new CommandFailed(program, args, executed, `stopped after ${timeoutMs} ms`));
        else if (error !== null && typeof error.code !== 'number') {
          reject(new CommandFailed(program, args, executed, error.message));
        } else resolve(executed);
      },
    );
    // A program that ends without reading its input is told of by its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}

/** Runs a program that must succeed. @throws CommandFailed */
export async function execute(program: string, args: readonly string[], options: ExecuteOptions): Promise<Executed> {
  const executed = await tryExecute(program, args, options);
  if (executed.code !== 0) throw new CommandFailed(program, args, executed, `exit code ${executed.code}`);
  return executed;
}
