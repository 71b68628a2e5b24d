import { spawn } from 'node:child_process';
import { StartError } from '../start-error.ts';

export interface CommandOptions {
  timeoutMs: number;
  signal: AbortSignal;
  environment?: Record<string, string>;
}

const keptOutput = 16_384;
const killAfterMs = 10_000;

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-3).join(' | ');
}

/** Runs a program to its end and gives what it printed; rejects, once it is gone, with a StartError when it failed or took too long, and when it was aborted. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    options.signal.throwIfAborted();
    const limit = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
    const environment = options.environment ? { env: options.environment } : {};
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...environment });
    let killer: NodeJS.Timeout | undefined;
    const end = () => {
      child.kill('SIGTERM');
      killer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    };
    limit.addEventListener('abort', end, { once: true });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-keptOutput);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => {
      limit.removeEventListener('abort', end);
      reject(new StartError(`${command}: ${error.message}`));
    });
    child.once('close', (code) => {
      limit.removeEventListener('abort', end);
      clearTimeout(killer);
      if (options.signal.aborted) reject(options.signal.reason);
      else if (limit.aborted) reject(new StartError(`${command} took longer than ${options.timeoutMs / 1000} s`));
      else if (code === 0) resolve(output);
      else reject(new StartError(`${command} failed (${code ?? 'ended'}): ${lastLines(output)}`));
    });
  });
}
