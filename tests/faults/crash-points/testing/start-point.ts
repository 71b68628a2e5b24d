import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { freePort, until } from '@onsale/tests/support';

const checkout = resolve(import.meta.dirname, '../../../..');

/** The point service in a process of its own, as the platform starts it. */
export interface PointProcess {
  readonly pid: number;
  readonly url: string;
  /** The signal that ended it, once it has ended; null when it ended by itself. */
  readonly ended: Promise<NodeJS.Signals | null>;
  end(): Promise<void>;
}

/** Resolves when the service is ready. */
export async function startPoint(environment: Readonly<Record<string, string>>): Promise<PointProcess> {
  const [port, managementPort] = [await freePort(), await freePort()];
  const child = spawn(
    process.execPath,
    ['--import', '@onsale/platform/register', 'services/point/src/main.ts', '--parts', 'http,migrate'],
    {
      cwd: checkout,
      env: { ...environment, HTTP_PORT: String(port), MANAGEMENT_PORT: String(managementPort) },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const ended = endOf(child);
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const end = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    await until('the point service to be ready', async () => {
      if (child.exitCode !== null) throw new Error(printed);
      const answer = await fetch(`http://127.0.0.1:${managementPort}/readyz`).catch(() => undefined);
      return answer?.ok;
    });
  } catch (error) {
    await end();
    throw error;
  }
  return { pid: child.pid ?? 0, url: `http://127.0.0.1:${port}`, ended, end };
}

async function endOf(child: ChildProcess): Promise<NodeJS.Signals | null> {
  await once(child, 'exit');
  return child.signalCode;
}
