import { ensureUser } from './ensure-user.ts';
import { grant } from './grant.ts';
import type { DatabaseUser, ProvisionTarget } from './provision-target.ts';
import { assertName, longestUserName, tablesOf } from './schema-names.ts';

const longestDatabaseName = 64;

/**
 * Creates a user who may only read these schemas, and see the replication status; doing it again changes nothing.
 * @throws RangeError for a name that is not a-z, 0-9 and _, or is too long
 */
export async function provisionReader(
  target: ProvisionTarget,
  user: string,
  schemas: readonly string[],
): Promise<DatabaseUser> {
  assertName(user, longestUserName);
  for (const schema of schemas) assertName(schema, longestDatabaseName);
  const reader = await ensureUser(target, user);
  await grant(target, 'REPLICATION CLIENT', '*.*', reader);
  for (const schema of schemas) await grant(target, 'SELECT', tablesOf(schema), reader);
  return reader;
}
