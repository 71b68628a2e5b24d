import { AuditError } from './audit-error.ts';
import { connect, type Reader, type TimeOuts } from './connect.ts';
import type { SchemaAccess } from './schema-access.ts';

/** One schema as it stood at one moment, however long it is read. */
export interface Snapshot extends Reader {
  /** That moment by the server's clock. */
  readonly takenAt: Date;
}

async function assertPrimary(reader: Reader, access: SchemaAccess): Promise<void> {
  const [row] = await reader.rows('SELECT @@GLOBAL.read_only AS readOnly');
  if (row?.readOnly !== 0) {
    throw new AuditError(`${access.host}:${access.port} is not the primary of ${access.database}: it is read-only`);
  }
}

async function begin(reader: Reader): Promise<Date> {
  await reader.rows('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  await reader.rows('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
  const [row] = await reader.rows('SELECT UTC_TIMESTAMP(6) AS takenAt');
  if (!(row?.takenAt instanceof Date)) throw new AuditError('the server did not say what time it is');
  return row.takenAt;
}

/**
 * Opens a consistent snapshot on the primary, since a replica may be behind what was acknowledged.
 * @throws AuditError when the server cannot be reached or is read-only
 */
export async function openSnapshot(access: SchemaAccess, timeOuts: TimeOuts): Promise<Snapshot> {
  const reader = await connect(access, timeOuts);
  try {
    await assertPrimary(reader, access);
    const takenAt = await begin(reader);
    return { ...reader, takenAt };
  } catch (error) {
    await reader.close();
    throw error;
  }
}
