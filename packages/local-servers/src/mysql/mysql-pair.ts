import type { DatabaseUser, LocalServer, MysqlPair } from '../local-servers.ts';
import type { MysqlClient } from './mysql-client.ts';
import type { PasswordOf } from './passwords.ts';
import { provisionReader, provisionSchema } from './provision.ts';

export interface MysqlPairParts {
  primary: LocalServer;
  replica: LocalServer | undefined;
  primaryClient: MysqlClient;
  replicaClient: MysqlClient | undefined;
  admin: DatabaseUser;
  caFile: string;
  primaryFile: string;
  passwordOf: PasswordOf;
}

/** What a user of the running servers can do with them. */
export function mysqlPair(parts: MysqlPairParts): MysqlPair {
  const { primaryClient, passwordOf } = parts;
  const onReplica = (sql: string, values?: readonly unknown[]) => {
    if (!parts.replicaClient) throw new Error('no replica was started');
    return parts.replicaClient.query(sql, values);
  };
  return {
    primary: parts.primary,
    ...(parts.replica ? { replica: parts.replica } : {}),
    caFile: parts.caFile,
    primaryFile: parts.primaryFile,
    admin: parts.admin,
    provisionSchema: (name) => provisionSchema(primaryClient, name, passwordOf),
    provisionReader: (user, schemas) => provisionReader(primaryClient, user, schemas, passwordOf),
    query: (sql, values) => primaryClient.query(sql, values),
    replicaQuery: async (sql, values) => onReplica(sql, values),
    async stopReplication() {
      await onReplica('STOP REPLICA');
    },
    async startReplication() {
      await onReplica('START REPLICA');
    },
    async setReplicaDelay(seconds) {
      await onReplica('STOP REPLICA SQL_THREAD');
      await onReplica('CHANGE REPLICATION SOURCE TO SOURCE_DELAY = ?', [seconds]);
      await onReplica('START REPLICA SQL_THREAD');
    },
    async waitForReplica(timeoutMs = 30_000) {
      const [position] = await primaryClient.query('SELECT @@GLOBAL.gtid_executed AS executed');
      const [waited] = await onReplica('SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?) AS late', [
        position?.executed,
        timeoutMs / 1000,
      ]);
      if (waited?.late !== 0) throw new Error(`the replica has not caught up in ${timeoutMs} ms`);
    },
  };
}
