import { AuditError } from './audit-error.ts';
import type { Reader, TimeOuts } from './connect.ts';
import { connectPrimary } from './connect-primary.ts';
import type { SchemaAccess } from './schema-access.ts';

/** One schema as it stood at one moment, however long it is read. */
export interface Snapshot extends Reader {
  /** That moment by the server's clock. */
  readonly takenAt: Date;
}

async function begin(reader: Reader): Promise<Date> {
  await reader.rows('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  await reader.rows('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
  const [row] = await reader.rows('SELECT UTC_TIMESTAMP(6) AS takenAt');
  if (!(row?.takenAt instanceof Date)) throw new AuditError('the server did not say what time it is');
  return row.takenAt;
}

/**
 * Opens a consistent snapshot on the primary.
 * @throws AuditError when it cannot be reached
 */
export async function openSnapshot(access: SchemaAccess, timeOuts: TimeOuts): Promise<Snapshot> {
  const reader = await connectPrimary(access, timeOuts);
  try {
    const takenAt = await begin(reader);
    return { ...reader, takenAt };
  } catch (error) {
    await reader.close();
    throw error;
  }
}
