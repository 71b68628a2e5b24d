import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { finish, sharedServers, startCommand } from '@onsale/tests/support';
import { type Connection, createConnection } from 'mysql2/promise';

const { primary, replica, caFile, admin } = sharedServers();
const mark = randomBytes(3).toString('hex');
const schema = `provisioned_${mark}`;
const other = `untouched_${mark}`;
const reader = `reader_${mark}`;
const users = [`${schema}_app`, `${schema}_migrator`, `${other}_app`, `${other}_migrator`, reader];
/** What a shell, SQL and JSON would each like to read differently. */
const awkward = `it's "50%" \\n ?@# 값`;

let folder: string;
let server: Connection;

const setPassword = (user: string, password: string) => writeFileSync(join(folder, user), `${password}\n`);

const connect = (user: string, password: string, tls = true) =>
  createConnection({
    host: primary.host,
    port: primary.port,
    user,
    password,
    ...(tls && { ssl: { ca: readFileSync(caFile, 'utf8') } }),
  });

async function as(user: string, password: string, sql: string): Promise<unknown> {
  const connection = await connect(user, password);
  try {
    return (await connection.query(sql))[0];
  } finally {
    connection.destroy();
  }
}

const provision = (env: Record<string, string> = {}) =>
  finish(
    startCommand('operations/src/provision.ts', [], {
      PROVISION_MYSQL_HOST: primary.host,
      PROVISION_MYSQL_PORT: String(primary.port),
      PROVISION_MYSQL_USER: admin.user,
      PROVISION_MYSQL_PASSWORD: admin.password,
      PROVISION_MYSQL_CA_FILE: caFile,
      PROVISION_SCHEMAS: `${schema},${other}`,
      PROVISION_READERS: `${reader}:${schema}`,
      PROVISION_PASSWORDS_FOLDER: folder,
      PROVISION_WAIT_SECONDS: '10',
      ...env,
    }),
    40_000,
  );

const accounts = async () => {
  const made = await Promise.all(users.map((user) => server.query(`SHOW CREATE USER '${user}'@'%'`)));
  const grants = await Promise.all(users.map((user) => server.query(`SHOW GRANTS FOR '${user}'@'%'`)));
  return [...made, ...grants].map(([rows]) => rows);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onsale-passwords-'));
  for (const user of users) setPassword(user, `${user}-secret`);
  setPassword(`${schema}_app`, awkward);
  server = await connect(admin.user, admin.password);
});
afterAll(async () => {
  for (const name of [schema, other]) await server.query(`DROP DATABASE IF EXISTS \`${name}\``);
  for (const user of users) await server.query(`DROP USER IF EXISTS '${user}'@'%'`);
  server.destroy();
  rmSync(folder, { recursive: true });
});

describe('provision', () => {
  test('makes schemas and users who may do what they need and no more', async () => {
    expect(await provision()).toEqual({
      code: 0,
      output: [
        `schema ${schema} with ${schema}_app and ${schema}_migrator`,
        `schema ${other} with ${other}_app and ${other}_migrator`,
        `reader ${reader} of ${schema}`,
        '',
      ].join('\n'),
    });
    const [app, migrator] = [`${schema}_app`, `${schema}_migrator`];
    await as(migrator, `${migrator}-secret`, `CREATE TABLE ${schema}.t (id INT PRIMARY KEY)`);
    await as(app, awkward, `INSERT INTO ${schema}.t VALUES (1)`);
    await as(app, awkward, 'SHOW REPLICA STATUS');
    expect(await as(reader, `${reader}-secret`, `SELECT id FROM ${schema}.t`)).toEqual([{ id: 1 }]);
    for (const sql of [`DROP TABLE ${schema}.t`, `CREATE TABLE ${schema}.u (id INT)`, `SHOW TABLES FROM ${other}`]) {
      await expect(as(app, awkward, sql)).rejects.toThrow('denied');
    }
    for (const sql of [`INSERT INTO ${schema}.t VALUES (2)`, `SHOW TABLES FROM ${other}`]) {
      await expect(as(reader, `${reader}-secret`, sql)).rejects.toThrow('denied');
    }
    await expect(as(migrator, `${migrator}-secret`, 'SELECT user FROM mysql.user')).rejects.toThrow('denied');
    await expect(connect(app, awkward, false)).rejects.toThrow(/secure transport|Access denied/);
  });

  test('changes nothing the second time', async () => {
    const before = await accounts();
    expect(await provision()).toMatchObject({ code: 0, output: expect.not.stringContaining('password') });
    expect(await accounts()).toEqual(before);
  });

  test('sets a changed password, beside which the one before stays good', async () => {
    const app = `${schema}_app`;
    setPassword(app, 'another');
    expect(await provision()).toMatchObject({
      code: 0,
      output: expect.stringContaining(`${app} has a new password; the one before stays good beside it\n`),
    });
    await as(app, 'another', 'SELECT 1');
    await as(app, awkward, 'SELECT 1');
    // Back again, as after a rollback: both are good, so that there is nothing to change.
    setPassword(app, awkward);
    const before = await accounts();
    expect((await provision()).output).not.toContain('password');
    expect(await accounts()).toEqual(before);
  });

  test('asks users for TLS unless told not to, and passwords stay as they are', async () => {
    const before = await accounts();
    expect((await provision({ PROVISION_REQUIRE_TLS: 'false' })).output).not.toContain('password');
    expect(JSON.stringify(await accounts())).toBe(JSON.stringify(before).replaceAll('REQUIRE SSL', 'REQUIRE NONE'));
    expect(await provision()).toMatchObject({ code: 0, output: expect.not.stringContaining('password') });
    expect(await accounts()).toEqual(before);
  });

  test.each([
    [
      'a server that takes no writes',
      { PROVISION_MYSQL_PORT: String(replica.port), PROVISION_WAIT_SECONDS: '0' },
      /^provision: MySQL at .* was not ready within 0 s: it is read-only\n$/,
    ],
    [
      'a server that is away',
      { PROVISION_MYSQL_PORT: '1', PROVISION_WAIT_SECONDS: '1' },
      /^waiting for MySQL at .*:1: .*ECONNREFUSED.*\nprovision: MySQL at .* was not ready within 1 s: .*ECONNREFUSED.*\n$/,
    ],
    [
      'a wrong password',
      { PROVISION_MYSQL_PASSWORD: 'no', PROVISION_WAIT_SECONDS: '0' },
      /^provision: MySQL .*Access denied .*\n$/,
    ],
    ['a user without password', { PROVISION_READERS: 'x:auth' }, /^provision: PROVISION_PASSWORDS_FOLDER: .* of x\n$/],
    ['a name that is none', { PROVISION_SCHEMAS: 'a b' }, /^provision: PROVISION_SCHEMAS.*: names must be .*\n$/],
    [
      'TLS without authority',
      { PROVISION_MYSQL_CA_FILE: '' },
      /^provision: PROVISION_MYSQL_CA_FILE: must be set .*\n$/,
    ],
  ])('ends with 2 and one line on %s', async (_, env, output) => {
    const ended = await provision(env);
    expect(ended.output).toMatch(output);
    expect(ended.code).toBe(2);
  });
});
