import { spawn } from 'node:child_process';
import { checkout } from '@onsale/local';

const timeoutMs = 300_000;

/** How long the audit waits for the shop to come to rest: until then, what follows a sale cannot be judged. */
export const AUDIT_WAIT_SECONDS = 60;

export interface RunAudit {
  readonly dataFolder: string;
  readonly clientLog: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Runs the audit with the client's log; its report goes to the terminal. Gives its exit code: 0 is clean. */
export function runAudit({ dataFolder, clientLog, environment }: RunAudit): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        'services/audit/src/main.ts',
        ...['--client-log', clientLog],
        ...['--wait', String(AUDIT_WAIT_SECONDS)],
      ],
      {
        cwd: checkout,
        env: { ...environment, ONSALE_DATA_FOLDER: dataFolder },
        stdio: ['ignore', 'inherit', 'inherit'],
        timeout: timeoutMs,
      },
    );
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
