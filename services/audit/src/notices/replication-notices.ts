import type { Reader } from '../snapshot/connect.ts';

/**
 * What an operator should know about the safety of acknowledged orders: while the server is not waiting for a replica,
 * they may be lost with it. No promise is broken by that.
 */
export async function replicationNotices(reader: Pick<Reader, 'rows'>): Promise<string[]> {
  const rows = await reader.rows(
    "SHOW GLOBAL STATUS WHERE Variable_name IN ('Rpl_semi_sync_source_status', 'Rpl_semi_sync_source_clients')",
  );
  const status = new Map(rows.map((row) => [row.Variable_name, String(row.Value)]));
  const source = status.get('Rpl_semi_sync_source_status');
  if (source === undefined) {
    return ['semi-synchronous replication is not installed: acknowledged orders may be lost with the primary'];
  }
  const notices: string[] = [];
  if (source !== 'ON') {
    notices.push('semi-synchronous replication is not in force: acknowledged orders may be lost with the primary');
  }
  if (status.get('Rpl_semi_sync_source_clients') === '0') notices.push('no replica is connected to the primary');
  return notices;
}
