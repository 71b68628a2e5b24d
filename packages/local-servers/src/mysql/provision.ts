import * as provisioning from '@onsale/platform/provisioning';
import type { DatabaseUser, SchemaAccess } from '../local-servers.ts';
import { accountHost } from './accounts.ts';
import type { MysqlClient } from './mysql-client.ts';
import type { PasswordOf } from './passwords.ts';

/** The servers of one machine: over TLS alone, from its loopback address alone. */
const targetOf = ({ query }: MysqlClient, passwordOf: PasswordOf) => ({
  query,
  accountHost,
  requireTls: true,
  passwordOf,
});

/** See MysqlPair.provisionSchema. */
export const provisionSchema = (primary: MysqlClient, name: string, passwordOf: PasswordOf): Promise<SchemaAccess> =>
  provisioning.provisionSchema(targetOf(primary, passwordOf), name);

/** See MysqlPair.provisionReader. */
export const provisionReader = (
  primary: MysqlClient,
  user: string,
  schemas: readonly string[],
  passwordOf: PasswordOf,
): Promise<DatabaseUser> => provisioning.provisionReader(targetOf(primary, passwordOf), user, schemas);
