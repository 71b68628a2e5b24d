import { waitUntil } from '../processes/wait-until.ts';
import { replicationUser } from './accounts.ts';
import type { MysqlClient } from './mysql-client.ts';
import type { PasswordOf } from './passwords.ts';

/** Goes on replicating from the source it knows; a server that knows none is left alone. */
export async function resumeReplication(replica: MysqlClient): Promise<void> {
  const [status] = await replica.query('SHOW REPLICA STATUS');
  if (status) await replica.query('START REPLICA');
}

/** Makes a server follow the one on this port, over TLS, from whatever it has executed already. */
export async function followPrimary(
  replica: MysqlClient,
  source: { port: number; caFile: string; passwordOf: PasswordOf },
): Promise<void> {
  await replica.query('STOP REPLICA');
  await replica.query(
    `CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = ?, SOURCE_USER = ?, SOURCE_PASSWORD = ?,
       SOURCE_AUTO_POSITION = 1, SOURCE_SSL = 1, SOURCE_SSL_CA = ?, SOURCE_SSL_VERIFY_SERVER_CERT = 1,
       SOURCE_CONNECT_RETRY = 1, SOURCE_RETRY_COUNT = 86400, SOURCE_HEARTBEAT_PERIOD = 1, SOURCE_DELAY = 0`,
    [source.port, replicationUser, source.passwordOf(replicationUser), source.caFile],
  );
  await replica.query('START REPLICA');
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
