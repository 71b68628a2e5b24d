import { join } from 'node:path';
import type { InstallContext } from '../install/install-context.ts';
import type { MysqlPair } from '../local-servers.ts';
import { allOrAbort } from '../processes/all-or-abort.ts';
import type { ProcessContext, TendedServer } from '../processes/local-process.ts';
import { ensureTlsFiles } from '../tls/tls-files.ts';
import { adminUser } from './accounts.ts';
import { fenceDeposed } from './fence-deposed.ts';
import { findMysql } from './find-mysql.ts';
import type { Durability } from './mysql-arguments.ts';
import { mysqlClient } from './mysql-client.ts';
import { mysqlPair } from './mysql-pair.ts';
import { openPasswords } from './passwords.ts';
import { ensurePrimary, readPrimary } from './primary-file.ts';
import { followPrimary, type PairMember, waitForReplication } from './replication.ts';
import { startMysqlServer } from './start-mysql-server.ts';
import { takeRole } from './take-role.ts';

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
  ensurePrimary(primaryFile, serverNames[0]);
  const admin = { user: adminUser, password: passwordOf(adminUser) };
  const memberOf = (name: string, port: number): PairMember => ({
    name,
    port,
    client: mysqlClient(port, admin, tls.caFile),
  });
  const primaryName = readPrimary(primaryFile);
  const primary = memberOf(primaryName, options.ports.primary);
  const replicaName = primaryName === serverNames[0] ? serverNames[1] : serverNames[0];
  const replica = options.ports.replica === undefined ? undefined : memberOf(replicaName, options.ports.replica);
  const folderOf = ({ name }: PairMember) => join(options.dataFolder, name);

  const { report } = context;
  const servers: TendedServer[] = [];
  const fence = fenceDeposed({ servers, primaryFile, ending: context.ending, report });
  // At the start of the pair both come up at once: which follows which is settled when they have.
  let paired = false;
  const start = async (self: PairMember, other: PairMember | undefined): Promise<TendedServer> => {
    report(`MySQL: starting ${self.name}…`);
    const server = await startMysqlServer(
      {
        ...options,
        name: self.name,
        port: self.port,
        logFile: options.logFile(self.name),
        passwordOf,
        tls,
        semiSynchronous: replica !== undefined,
        client: self.client,
        takeRole: async () => {
          const known = paired ? other : undefined;
          const folder = folderOf(self);
          const role = await takeRole({ self, other: known, folder, primaryFile, passwordOf, tls, report });
          if (role === 'primary') fence.tookWrites(self.name);
        },
      },
      installation,
      install,
      context,
    );
    servers.push(server);
    return server;
  };
  const [primaryServer, replicaServer] = await allOrAbort(
    [start(primary, replica), replica && start(replica, primary)],
    context.giveUp,
  );
  if (replica) {
    await followPrimary(replica, primary, { caFile: tls.caFile, passwordOf, folder: folderOf(replica) });
    await waitForReplication(primary.client, replica.client, context.signal);
  }
  paired = true;
  return mysqlPair({
    primary: primaryServer,
    replica: replicaServer,
    primaryClient: primary.client,
    replicaClient: replica?.client,
    admin,
    caFile: tls.caFile,
    primaryFile,
    passwordOf,
  });
}
