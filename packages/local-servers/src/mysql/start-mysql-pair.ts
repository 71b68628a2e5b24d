import { join } from 'node:path';
import type { InstallContext } from '../install/install-context.ts';
import type { LocalServer, MysqlPair } from '../local-servers.ts';
import { allOrAbort } from '../processes/all-or-abort.ts';
import type { ProcessContext } from '../processes/local-process.ts';
import { ensureTlsFiles } from '../tls/tls-files.ts';
import { adminUser } from './accounts.ts';
import { findMysql } from './find-mysql.ts';
import type { Durability } from './mysql-arguments.ts';
import { mysqlClient } from './mysql-client.ts';
import { mysqlPair } from './mysql-pair.ts';
import { openPasswords } from './passwords.ts';
import { readPrimary } from './primary-file.ts';
import { followNobody, followPrimary, waitForReplication } from './replication.ts';
import { startMysqlServer } from './start-mysql-server.ts';

export interface MysqlOptions {
  dataFolder: string;
  logFile(name: string): string;
  /** Ports by role. */
  ports: { primary: number; replica?: number };
  durability: Durability;
}

const serverNames = ['mysql-1', 'mysql-2'] as const;

/** Starts the primary and, when it has a port, its replica; resolves when writes are acknowledged by the replica. */
export async function startMysqlPair(
  options: MysqlOptions,
  install: InstallContext,
  context: ProcessContext,
): Promise<MysqlPair> {
  const installation = await findMysql(install);
  const tls = await ensureTlsFiles(join(options.dataFolder, 'tls'), new Date());
  const passwordOf = await openPasswords(join(options.dataFolder, 'mysql-secret'));
  const primaryFile = join(options.dataFolder, 'primary');
  const primaryName = readPrimary(primaryFile, serverNames[0]);
  const admin = { user: adminUser, password: passwordOf(adminUser) };
  const client = (port: number) => mysqlClient(port, admin, tls.caFile);

  const start = (name: string, port: number): Promise<LocalServer> => {
    context.report(`MySQL: starting ${name}…`);
    const serverId = name === serverNames[0] ? 1 : 2;
    const semiSynchronous = options.ports.replica !== undefined;
    const logFile = options.logFile(name);
    const shared = { ...options, primaryFile, passwordOf, tls, semiSynchronous };
    return startMysqlServer(
      { ...shared, name, serverId, port, logFile, client: client(port) },
      installation,
      install,
      context,
    );
  };
  const replicaName = primaryName === serverNames[0] ? serverNames[1] : serverNames[0];
  const [primary, replica] = await allOrAbort(
    [
      start(primaryName, options.ports.primary),
      options.ports.replica === undefined ? undefined : start(replicaName, options.ports.replica),
    ],
    context.giveUp,
  );
  const primaryClient = client(primary.port);
  await followNobody(primaryClient);
  const replicaClient = replica ? client(replica.port) : undefined;
  if (replicaClient) {
    await followPrimary(replicaClient, { port: primary.port, caFile: tls.caFile, passwordOf });
    await waitForReplication(primaryClient, replicaClient, context.signal);
  }
  return mysqlPair({
    primary,
    replica,
    primaryClient,
    replicaClient,
    admin,
    caFile: tls.caFile,
    primaryFile,
    passwordOf,
  });
}
