import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { MysqlPair, SchemaAccess } from '@onsale/local-servers';
import { createPool, type Pool } from 'mysql2/promise';
import { z } from 'zod';
import { sharedServers } from './shared-servers.ts';

const user = z.object({ user: z.string(), password: z.string() });
const schemaAccess = z.object({ database: z.string(), app: user, migration: user });

/** A schema of a test's own. */
export interface FreshSchema {
  readonly name: string;
  /** The DB_ variables of a service on this schema. */
  readonly env: Readonly<Record<string, string>>;
  /** As an admin on the primary, in this schema. */
  readonly admin: Pool;
  close(): Promise<void>;
}

interface Endpoint {
  readonly host: string;
  readonly port: number;
}

interface Servers {
  readonly primary: Endpoint;
  readonly replica?: Endpoint | undefined;
  readonly caFile: string;
  readonly admin: { readonly user: string; readonly password: string };
}

const freshName = (base: string): string => `${base}_${randomBytes(5).toString('hex')}`;

/** An empty schema with its two users on the shared servers; `base` begins its name. */
export async function freshSchema(base: string): Promise<FreshSchema> {
  const servers = sharedServers();
  const response = await fetch(`${servers.provisionUrl}?schema=${freshName(base)}`);
  if (!response.ok) throw new Error(await response.text());
  const { env, ...schema } = schemaOn(servers, schemaAccess.parse(await response.json()));
  // Nobody takes the shared servers away, but loading a suite's modules holds its process up, on a slow machine for seconds.
  return { ...schema, env: { ...env, DB_CONNECT_TIMEOUT_MS: '15000' } };
}

/** An empty schema with its two users on servers that the test started itself. */
export async function freshSchemaOn(mysql: MysqlPair, base: string): Promise<FreshSchema> {
  return schemaOn(mysql, await mysql.provisionSchema(freshName(base)));
}

function schemaOn({ primary, replica, caFile, admin }: Servers, access: SchemaAccess): FreshSchema {
  const pool = createPool({
    host: primary.host,
    port: primary.port,
    ...admin,
    database: access.database,
    ssl: { ca: readFileSync(caFile, 'utf8') },
    timezone: 'Z',
    connectionLimit: 4,
    supportBigNumbers: true,
  });
  return {
    name: access.database,
    env: {
      DB_HOST: primary.host,
      DB_PORT: String(primary.port),
      ...(replica && { DB_REPLICA_HOST: replica.host, DB_REPLICA_PORT: String(replica.port) }),
      DB_NAME: access.database,
      DB_USER: access.app.user,
      DB_PASSWORD: access.app.password,
      DB_MIGRATION_USER: access.migration.user,
      DB_MIGRATION_PASSWORD: access.migration.password,
      DB_CA_FILE: caFile,
    },
    admin: pool,
    close: async () => {
      await pool.query(`DROP DATABASE \`${access.database}\``);
      await pool.end();
    },
  };
}
