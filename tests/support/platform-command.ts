import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type DataFolder, dataFolder, type PlatformRecord, type Ready, readPlatform } from '@onsale/local';
import { type RunningCommand, startCommand } from './run-command.ts';
import { until } from './until.ts';

/** A platform that `npm start` brought up in a process of its own. */
export interface PlatformCommand extends Ready {
  readonly folder: DataFolder;
  readonly command: RunningCommand;
  readonly record: PlatformRecord;
  /** Where the external data platform answers, and its key. */
  readonly dataPlatform: { readonly url: string; readonly key: string };
  /** Ends it as Ctrl-C does; its exit code. */
  end(): Promise<number | null>;
}

/** Runs `npm start` with this environment, which names a data folder, until everything is ready. */
export async function startPlatformCommand(environment: Record<string, string>): Promise<PlatformCommand> {
  const folder = dataFolder(environment.ONSALE_DATA_FOLDER ?? '');
  const command = startCommand('local/src/start.ts', [], environment);
  let ended = false;
  void command.ended.then(() => {
    ended = true;
  });
  await until(
    'the platform to be ready',
    async () => {
      if (ended) throw new Error(command.output());
      return existsSync(folder.ready);
    },
    120_000,
  );
  const found = readPlatform(folder);
  if (found === undefined) throw new Error('the platform has no record');
  const { env } = JSON.parse(readFileSync(folder.audit, 'utf8'));
  return {
    ...found.ready,
    folder,
    command,
    record: found.platform,
    dataPlatform: { url: env.AUDIT_DATA_PLATFORM_URL, key: env.AUDIT_DATA_PLATFORM_KEY },
    end: () => {
      command.process.kill('SIGINT');
      return command.ended;
    },
  };
}

/** The command lines of processes that have the folder in them. */
export function processesNaming(folder: string): string[] {
  const lineOf = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      // It has ended since.
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .map(lineOf)
    .filter((line) => line.includes(folder));
}
