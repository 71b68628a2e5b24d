import { createHash } from 'node:crypto';
import type { DedicatedConnection } from './dedicated-connection.ts';

/** Lock names are the server's, not the schema's, and 64 characters at most. */
export function leadLockOf(lock: string, schema: string): string {
  const name = `${lock}:${schema}`;
  if (name.length <= 64) return name;
  return createHash('sha256').update(name).digest('hex');
}

/** Waits a second for the lock at most, so that an abort is seen in time. */
export async function takesLeadLock(connection: DedicatedConnection, name: string): Promise<boolean> {
  const [row] = await connection.rows<{ granted: number | null }>('SELECT GET_LOCK(?, 1) AS granted', [name]);
  return row?.granted === 1;
}
