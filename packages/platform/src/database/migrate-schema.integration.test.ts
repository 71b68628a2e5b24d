import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FreshSchema, freshSchema } from '@onsale/tests/support';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { z } from 'zod';
import { databaseConfig } from './database-config.ts';
import type { Migrations } from './migrations.ts';
import { openDatabase } from './open-database.ts';

let schema: FreshSchema;
let folder: string;
let migrations: Migrations;

beforeEach(async () => {
  schema = await freshSchema('migrated');
  folder = await mkdtemp(join(tmpdir(), 'onsale-migrations-'));
  migrations = { owner: 'shop', directory: pathToFileURL(`${folder}/`) };
  await write('0001-things', `await sql('CREATE TABLE things (id INT PRIMARY KEY)');`);
  // Not repeatable on purpose: run twice, it would fail.
  await write('0002-first-thing', `await sql('INSERT INTO things VALUES (1)'); await sql('DO SLEEP(0.3)');`);
});
afterEach(async () => {
  await schema.close();
  await rm(folder, { recursive: true });
});

const write = (name: string, body: string) =>
  writeFile(join(folder, `${name}.ts`), `export async function up(sql: (s: string) => Promise<void>) { ${body} }\n`);

const open = () =>
  openDatabase({
    config: z.object(databaseConfig).parse(schema.env),
    log: pino({ level: 'silent' }),
    metrics: new Registry(),
    migrations,
  });

async function applied(): Promise<unknown> {
  const [rows] = await schema.admin.query('SELECT name FROM migrations ORDER BY applied_at, name');
  return Array.isArray(rows) ? rows.map((row) => Reflect.get(row, 'name')) : rows;
}

const all = [
  'platform/0001-outbox',
  'platform/0002-idempotency-keys',
  'platform/0003-inbox',
  'shop/0001-things',
  'shop/0002-first-thing',
];

describe('migrations', () => {
  test('begun by four at once are applied once, and those that come later join them', async () => {
    const databases = [open(), open(), open(), open()];
    const [first] = databases;
    await expect(first?.assertMigrated()).rejects.toThrow('platform/0001-outbox');
    await Promise.all(databases.map((database) => database.migrate()));
    expect(await applied()).toEqual(all);
    await write('0003-second-thing', `await sql('INSERT INTO things VALUES (2)');`);
    await expect(first?.assertMigrated()).rejects.toThrow('shop/0003-second-thing');
    await first?.migrate();
    await first?.assertMigrated();
    await databases[1]?.assertMigrated();
    expect(await applied()).toEqual([...all, 'shop/0003-second-thing']);
    await Promise.all(databases.map((database) => database.close()));
  });

  test('begun by four processes at once are applied once', async () => {
    const program = `
      import { openDatabase, databaseConfig } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
      import { pino } from 'pino'; import { Registry } from 'prom-client'; import { z } from 'zod';
      const config = z.object(databaseConfig).parse(process.env);
      const migrations = { owner: 'shop', directory: new URL(${JSON.stringify(migrations.directory.href)}) };
      const database = openDatabase({ config, log: pino({ level: 'silent' }), metrics: new Registry(), migrations });
      await database.migrate();
      await database.close();`;
    const run = () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
        cwd: import.meta.dirname,
        env: { ...process.env, ...schema.env },
      });
    await Promise.all([run(), run(), run(), run()]);
    expect(await applied()).toEqual(all);
  });

  test('that fail stop the rest and are not recorded', async () => {
    await write('0003-broken', `await sql('CREATE TABLE broken (id NONSENSE)');`);
    await write('0004-after', `await sql('CREATE TABLE after_all (id INT PRIMARY KEY)');`);
    const database = open();
    await expect(database.migrate()).rejects.toThrow('0003-broken');
    expect(await applied()).toEqual(all);
    await database.close();
  });

  test('may be refused to the user of the service itself', async () => {
    const { DB_MIGRATION_USER: _, DB_MIGRATION_PASSWORD: __, ...env } = schema.env;
    const database = openDatabase({
      config: z.object(databaseConfig).parse(env),
      log: pino({ level: 'silent' }),
      metrics: new Registry(),
      migrations,
    });
    await expect(database.migrate()).rejects.toThrow('denied');
    await database.close();
  });
});
