import { AuditError } from './audit-error.ts';
import { connect, type Reader, type TimeOuts } from './connect.ts';
import type { SchemaAccess } from './schema-access.ts';

/**
 * Connects to the schema's primary, since a replica may be behind what was acknowledged: after a failover that is the
 * other server.
 * @throws AuditError when no server can be reached, or none takes writes
 */
export async function connectPrimary(access: SchemaAccess, timeOuts: TimeOuts): Promise<Reader> {
  const { replica, ...first } = access;
  if (replica === undefined) return connectWritable(first, timeOuts);
  try {
    return await connectWritable(first, timeOuts);
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    return connectWritable({ ...first, ...replica }, timeOuts).catch((second: unknown) => {
      throw second instanceof AuditError ? new AuditError(`${error.message}; ${second.message}`) : second;
    });
  }
}

async function connectWritable(access: SchemaAccess, timeOuts: TimeOuts): Promise<Reader> {
  const reader = await connect(access, timeOuts);
  try {
    const [row] = await reader.rows('SELECT @@GLOBAL.read_only AS readOnly');
    if (row?.readOnly === 0) return reader;
    throw new AuditError(`${access.host}:${access.port} is not the primary of ${access.database}: it is read-only`);
  } catch (error) {
    await reader.close();
    throw error;
  }
}
