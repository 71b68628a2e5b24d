import type { Connection } from 'mysql2';
import { z } from 'zod';
import { runOn } from './session-settings.ts';

/** What a server says of itself to a new session. */
export interface ServerFacts {
  readonly writable: boolean;
  readonly uuid: string;
  /** Whether commits have GTIDs. */
  readonly hasGtids: boolean;
  /** Whether this session's commits tell their GTIDs. */
  readonly tellsGtids: boolean;
}

const sql = `SELECT @@GLOBAL.read_only OR @@GLOBAL.super_read_only OR @@GLOBAL.innodb_read_only AS readOnly,
  @@server_uuid AS uuid, @@gtid_mode AS mode, @@session.session_track_gtids AS tracking`;

const answer = z.tuple([
  z.object({ readOnly: z.coerce.number(), uuid: z.string(), mode: z.string(), tracking: z.string() }),
]);

/** @throws what the server or the driver says */
export async function askServer(connection: Connection): Promise<ServerFacts> {
  const [row] = answer.parse(await runOn(connection, sql));
  return {
    writable: row.readOnly === 0,
    uuid: row.uuid,
    hasGtids: row.mode === 'ON',
    tellsGtids: row.tracking !== 'OFF',
  };
}
