import { waitUntil } from '../processes/wait-until.ts';
import { StartError } from '../start-error.ts';
import { replicationUser } from './accounts.ts';
import type { MysqlClient } from './mysql-client.ts';
import type { PasswordOf } from './passwords.ts';

/** A server of the pair, and how it is asked. */
export interface PairMember {
  readonly name: string;
  readonly port: number;
  readonly client: MysqlClient;
}

/** Goes on replicating from the source it knows, if it is the one on this port; answers whether it does. */
export async function resumeReplication(replica: MysqlClient, sourcePort: number): Promise<boolean> {
  const [status] = await replica.query('SHOW REPLICA STATUS');
  if (status?.Source_Port !== sourcePort) return false;
  await replica.query('START REPLICA');
  return true;
}

/**
 * Makes a server follow the primary, over TLS, from whatever it has executed already.
 * @throws StartError when it has transactions that the primary has not: they would stay on it alone, unseen
 */
export async function followPrimary(
  replica: PairMember,
  primary: PairMember,
  { caFile, passwordOf, folder }: { caFile: string; passwordOf: PasswordOf; folder: string },
): Promise<void> {
  const own = await transactionsOnlyOn(replica.client, primary.client);
  if (own !== '') {
    throw new StartError(
      `${replica.name} has transactions that the primary, ${primary.name}, never received (${own}): keep a copy of ${folder} if you want to look at them, remove it, and start again`,
    );
  }
  await replica.client.query('STOP REPLICA');
  await replica.client.query(
    `CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = ?, SOURCE_USER = ?, SOURCE_PASSWORD = ?,
       SOURCE_AUTO_POSITION = 1, SOURCE_SSL = 1, SOURCE_SSL_CA = ?, SOURCE_SSL_VERIFY_SERVER_CERT = 1,
       SOURCE_CONNECT_RETRY = 1, SOURCE_RETRY_COUNT = 86400, SOURCE_HEARTBEAT_PERIOD = 1, SOURCE_DELAY = 0`,
    [primary.port, replicationUser, passwordOf(replicationUser), caFile],
  );
  await replica.client.query('START REPLICA');
}

async function transactionsOnlyOn(replica: MysqlClient, primary: MysqlClient): Promise<string> {
  // In this order: what the primary does meanwhile is none of the replica's own.
  const executed = async (client: MysqlClient) => {
    const [row] = await client.query('SELECT @@GLOBAL.gtid_executed AS executed');
    return String(row?.executed);
  };
  const theirs = await executed(replica);
  const [row] = await primary.query('SELECT GTID_SUBTRACT(?, @@GLOBAL.gtid_executed) AS own', [theirs]);
  return String(row?.own).replaceAll(/\s/g, '');
}

/** A server that was a replica once and is primary now follows nobody. */
export async function followNobody(primary: MysqlClient): Promise<void> {
  const [status] = await primary.query('SHOW REPLICA STATUS');
  if (!status) return;
  await primary.query('STOP REPLICA');
  await primary.query('RESET REPLICA ALL');
}

/** Resolves when the replica receives and, where the plugin is there, the primary's commits wait for it. */
export function waitForReplication(primary: MysqlClient, replica: MysqlClient, signal: AbortSignal): Promise<void> {
  const check = async () => {
    const [status] = await replica.query('SHOW REPLICA STATUS');
    if (status?.Replica_IO_Running !== 'Yes' || status.Replica_SQL_Running !== 'Yes') {
      throw new Error(`replication is not running: ${status?.Last_IO_Error || status?.Last_SQL_Error || 'connecting'}`);
    }
    const variables = await primary.query("SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync_source_%'");
    const semiSync = new Map(variables.map((row) => [row.Variable_name, row.Value]));
    if (semiSync.size === 0) return;
    if (semiSync.get('Rpl_semi_sync_source_clients') === '0' || semiSync.get('Rpl_semi_sync_source_status') !== 'ON') {
      throw new Error('the replica does not acknowledge yet');
    }
  };
  return waitUntil('replication', check, { timeoutMs: 30_000, everyMs: 100, signal });
}
