import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureProgram } from '../install/ensure-program.ts';
import type { InstallContext } from '../install/install-context.ts';
import type { LocalServer } from '../local-servers.ts';
import { allOrAbort } from '../processes/all-or-abort.ts';
import { type ProcessContext, startProcess } from '../processes/local-process.ts';
import { ping } from './ping.ts';

export function redisArguments(port: number, folder: string): string[] {
  // Locks, gates and caches: all of it may vanish, none of it may be evicted behind a lock's back.
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    dir: folder,
    save: '',
    appendonly: 'no',
    maxmemory: '256mb',
    'maxmemory-policy': 'noeviction',
    'tcp-backlog': '511',
    daemonize: 'no',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

/** Starts a Redis on each port, independent of each other. */
export async function startRedis(
  options: { dataFolder: string; logFile(name: string): string; ports: readonly number[] },
  install: InstallContext,
  context: ProcessContext,
): Promise<LocalServer[]> {
  if (options.ports.length === 0) return [];
  const command = await ensureProgram({ program: 'redis-server', title: 'Redis', packages: ['redis-server'] }, install);
  const start = async (port: number, index: number): Promise<LocalServer> => {
    const name = `redis-${index + 1}`;
    const folder = join(options.dataFolder, name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return startProcess(
      {
        name,
        port,
        command,
        args: () => redisArguments(port, folder),
        cwd: folder,
        logFile: options.logFile(name),
        answers: () => ping(port, 1_000),
        startTimeoutMs: 20_000,
        stopTimeoutMs: 5_000,
      },
      context,
    );
  };
  return allOrAbort(options.ports.map(start), context.giveUp);
}
