import { readdir } from 'node:fs/promises';
import { type FreshSchema, freshSchema } from '@onsale/tests/support';
import type { RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import type { SchemaAccess } from '../snapshot/schema-access.ts';
import { dropReader, readerOf } from './reader-of.ts';
import type { TableRows } from './shop-rows.ts';

const services = new URL('../../../', import.meta.url);
const platform = new URL('../packages/platform/migrations/', services);
const of = (service: string) => new URL(`${service}/migrations/`, services);

const owners = {
  commerce: [platform, of('product'), of('point'), of('order'), of('bestseller')],
  auth: [of('auth')],
} as const;

const migration = z.object({ up: z.custom<(sql: (statement: string) => Promise<void>) => Promise<void>>() });

/** The two schemas with their owners' real tables, and a user who may only read them. */
export interface ShopSchemas {
  readonly commerce: SchemaAccess;
  readonly auth: SchemaAccess;
  /** Empties the tables and writes these rows. */
  fill(tables: TableRows): Promise<void>;
  /** Rows of the commerce schema, as an admin. */
  rows(sql: string, values?: readonly string[]): Promise<RowDataPacket[]>;
  /** Runs statements as an admin, in either schema. */
  change(schema: 'commerce' | 'auth', statements: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

async function createTables({ admin }: FreshSchema, folders: readonly URL[]): Promise<void> {
  for (const folder of folders) {
    for (const file of (await readdir(folder)).sort()) {
      const { up } = migration.parse({ ...(await import(new URL(file, folder).href)) });
      await up(async (statement) => {
        await admin.query(statement);
      });
    }
  }
}

async function fill({ admin }: FreshSchema, tables: TableRows, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const rows = tables[name] ?? [];
    await admin.query(`DELETE FROM ${name}`);
    const columns = Object.keys(rows[0] ?? {});
    if (columns.length === 0) continue;
    await admin.query(`INSERT INTO ${name} (${columns.join(', ')}) VALUES ?`, [
      rows.map((row) => columns.map((column) => row[column] ?? null)),
    ]);
  }
}

/** Creates them on the shared servers. */
export async function shopSchemas(): Promise<ShopSchemas> {
  const schemas = { commerce: await freshSchema('commerce'), auth: await freshSchema('auth') };
  await createTables(schemas.commerce, owners.commerce);
  await createTables(schemas.auth, owners.auth);
  const commerce = await readerOf(schemas.commerce);
  const auth = await readerOf(schemas.auth);
  const inAuth = ['users', 'refresh_tokens'];
  return {
    commerce,
    auth,
    fill: async (tables) => {
      await fill(
        schemas.commerce,
        tables,
        Object.keys(tables).filter((name) => !inAuth.includes(name)),
      );
      await fill(schemas.auth, tables, inAuth);
    },
    rows: async (sql, values = []) => {
      const [rows] = await schemas.commerce.admin.query<RowDataPacket[]>(sql, [...values]);
      return rows;
    },
    change: async (schema, statements) => {
      for (const statement of statements) await schemas[schema].admin.query(statement);
    },
    close: async () => {
      await dropReader(schemas.commerce);
      await dropReader(schemas.auth);
      await schemas.commerce.close();
      await schemas.auth.close();
    },
  };
}
