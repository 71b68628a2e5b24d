import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstallContext } from '../install/install-context.ts';
import type { LocalServer } from '../local-servers.ts';
import { type ProcessContext, startProcess } from '../processes/local-process.ts';
import type { TlsFiles } from '../tls/tls-files.ts';
import { initStatements } from './accounts.ts';
import { ensureData } from './data-template.ts';
import { type Durability, serverArguments } from './mysql-arguments.ts';
import type { MysqlClient } from './mysql-client.ts';
import type { MysqlInstallation } from './mysql-installation.ts';
import type { PasswordOf } from './passwords.ts';
import { readPrimary } from './primary-file.ts';
import { resumeReplication } from './replication.ts';

export interface MysqlServerOptions {
  name: string;
  serverId: number;
  port: number;
  dataFolder: string;
  logFile: string;
  primaryFile: string;
  passwordOf: PasswordOf;
  tls: TlsFiles;
  durability: Durability;
  semiSynchronous: boolean;
  client: MysqlClient;
}

/** Starts one server. It is writable only if the primary file names it, at this and at every later start. */
export async function startMysqlServer(
  options: MysqlServerOptions,
  installation: MysqlInstallation,
  install: InstallContext,
  context: ProcessContext,
): Promise<LocalServer> {
  const { client } = options;
  const folder = join(options.dataFolder, options.name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const dataFolder = join(folder, 'data');
  await ensureData(dataFolder, installation, install);
  const initFile = join(folder, 'init.sql');
  writeFileSync(initFile, initStatements(options.passwordOf), { mode: 0o600 });
  const settings = { ...options, folder, dataFolder, initFile, runAsRoot: install.isRoot };
  return startProcess(
    {
      name: options.name,
      port: options.port,
      command: installation.command,
      args: serverArguments(installation, settings),
      cwd: folder,
      logFile: options.logFile,
      answers: async () => {
        await client.query('SELECT 1');
      },
      afterStart: async () => {
        if (readPrimary(options.primaryFile, options.name) === options.name) {
          await client.query('SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF');
        } else {
          await resumeReplication(client);
        }
      },
      startTimeoutMs: 60_000,
      stopTimeoutMs: 20_000,
    },
    context,
  );
}
