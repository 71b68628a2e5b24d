import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { identify, type ProcessRecords } from '@onsale/local-servers/processes';

export interface Launch {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

export interface Launched {
  readonly pid: number;
  /** Resolves with how it ended, in words. */
  readonly ended: Promise<string>;
}

/** Starts this very Node as a child with its output in the log file, on record for the next start of the tool. */
export function launch(what: Launch, records: ProcessRecords): Launched {
  const log = openSync(what.logFile, 'a', 0o600);
  try {
    // A process group of its own: Ctrl-C reaches the tool alone, which then ends the services in order.
    const child = spawn(process.execPath, what.args, {
      cwd: what.cwd,
      env: what.environment,
      detached: true,
      stdio: ['ignore', log, log],
    });
    const identity = child.pid === undefined ? undefined : identify(child.pid);
    if (identity) records.write(what.name, identity);
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`));
    }).then((how) => {
      records.remove(what.name);
      return how;
    });
    return { pid: child.pid ?? 0, ended };
  } finally {
    closeSync(log);
  }
}
