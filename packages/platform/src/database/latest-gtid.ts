import type { Tx } from './database.ts';

interface ServerRow {
  readonly uuid: string;
  readonly executed: string;
}

/**
 * The GTID of the server's own latest commit, for a commit whose answer with its GTID was lost: it is that one or one
 * before. Undefined when commits have no GTIDs.
 */
export async function latestGtid(tx: Tx<unknown>): Promise<string | undefined> {
  const [row] = await tx.rows<ServerRow>('SELECT @@server_uuid AS uuid, @@GLOBAL.gtid_executed AS executed');
  return row && latestIn(row.executed, row.uuid);
}

/** The highest GTID of this source in a GTID set such as `uuid:1-5:7,uuid:1-9`. */
export function latestIn(gtids: string, source: string): string | undefined {
  const [, intervals = ''] =
    gtids
      .split(',')
      .map((part) => /^\s*([^:\s]+):(.*?)\s*$/s.exec(part)?.slice(1) ?? [])
      .find(([uuid]) => uuid?.toLowerCase() === source.toLowerCase()) ?? [];
  const numbers = intervals.split(/[:-]/).filter(Boolean).map(Number).filter(Number.isSafeInteger);
  return numbers.length === 0 ? undefined : `${source}:${Math.max(...numbers)}`;
}
