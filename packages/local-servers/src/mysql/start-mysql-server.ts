import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstallContext } from '../install/install-context.ts';
import { type ProcessContext, startProcess, type TendedServer } from '../processes/local-process.ts';
import type { TlsFiles } from '../tls/tls-files.ts';
import { initStatements } from './accounts.ts';
import { ensureData } from './data-template.ts';
import { type Durability, serverArguments } from './mysql-arguments.ts';
import type { MysqlClient } from './mysql-client.ts';
import type { MysqlInstallation } from './mysql-installation.ts';
import type { PasswordOf } from './passwords.ts';
import { serverIdOf } from './server-id.ts';

export interface MysqlServerOptions {
  name: string;
  port: number;
  dataFolder: string;
  logFile: string;
  passwordOf: PasswordOf;
  tls: TlsFiles;
  durability: Durability;
  semiSynchronous: boolean;
  client: MysqlClient;
  /** Makes it what the primary file says; called at every start. */
  takeRole(): Promise<void>;
}

/**
 * Starts one server. It is read-only until it takes its role, at this and at every later start; data that were
 * removed meanwhile begin empty.
 */
export async function startMysqlServer(
  options: MysqlServerOptions,
  installation: MysqlInstallation,
  install: InstallContext,
  context: ProcessContext,
): Promise<TendedServer> {
  const { client } = options;
  const folder = join(options.dataFolder, options.name);
  const dataFolder = join(folder, 'data');
  const initFile = join(folder, 'init.sql');
  const settings = { ...options, folder, dataFolder, initFile, runAsRoot: install.isRoot };
  return startProcess(
    {
      name: options.name,
      port: options.port,
      command: installation.command,
      args: () => serverArguments(installation, { ...settings, serverId: serverIdOf(dataFolder) }),
      cwd: folder,
      logFile: options.logFile,
      beforeStart: async () => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        await ensureData(dataFolder, installation, install);
        writeFileSync(initFile, initStatements(options.passwordOf), { mode: 0o600 });
      },
      answers: async () => {
        await client.query('SELECT 1');
      },
      afterStart: options.takeRole,
      startTimeoutMs: 60_000,
      stopTimeoutMs: 20_000,
    },
    context,
  );
}
