import type { MysqlPair } from '@onsale/local-servers';
import { untilHealed } from '../heal.ts';

/** Resolves when the replica has all that the primary had, and commits wait for its word again. */
export async function untilReplicating(mysql: MysqlPair): Promise<void> {
  await untilHealed('replication', async () => {
    const { receives, applies } = await replicaState(mysql);
    if (!receives || !applies) throw new Error(`receiving: ${receives}, applying: ${applies}`);
    await mysql.waitForReplica(5_000);
    const status = await semiSync(mysql);
    if (!status.acknowledged) throw new Error('commits are not acknowledged by the replica yet');
  });
}

/** What the replica's two threads are at. */
export async function replicaState(
  mysql: MysqlPair,
): Promise<{ receives: boolean; applies: boolean; unapplied: string }> {
  const [status] = await mysql.replicaQuery('SHOW REPLICA STATUS');
  const [set] = await mysql.replicaQuery('SELECT GTID_SUBTRACT(?, @@GLOBAL.gtid_executed) AS unapplied', [
    status?.Retrieved_Gtid_Set,
  ]);
  return {
    receives: status?.Replica_IO_Running === 'Yes',
    applies: status?.Replica_SQL_Running === 'Yes',
    unapplied: String(set?.unapplied),
  };
}

/** Whether commits wait for the replica at all, and how many do so at this moment. */
export async function semiSync(mysql: MysqlPair): Promise<{ acknowledged: boolean; waiting: number }> {
  const rows = await mysql.query("SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync_source_%'");
  const value = new Map(rows.map((row) => [row.Variable_name, row.Value]));
  return {
    acknowledged:
      value.get('Rpl_semi_sync_source_status') === 'ON' && value.get('Rpl_semi_sync_source_clients') !== '0',
    waiting: Number(value.get('Rpl_semi_sync_source_wait_sessions') ?? 0),
  };
}
