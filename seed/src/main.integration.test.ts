import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSigningKeys } from '@onsale/auth/keys';
import { verifyPassword } from '@onsale/auth/passwords';
import { type FreshSchema, finish, freshSchema, startCommand, until } from '@onsale/tests/support';
import type { RowDataPacket } from 'mysql2/promise';
import { DEMO_PASSWORD } from './demo-password.ts';

const admin = { SEED_ADMIN_EMAIL: 'Admin@Onsale.test', SEED_ADMIN_PASSWORD: 'a password of some length' };
let folder: string;
let auth: FreshSchema;
let commerce: FreshSchema;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onsale-seed-'));
  await createSigningKeys(join(folder, 'keys.json'), new Date());
  [auth, commerce] = await Promise.all([freshSchema('auth'), freshSchema('commerce')]);
});
afterAll(async () => {
  await Promise.all([auth?.close(), commerce?.close()]);
  rmSync(folder, { recursive: true });
});

const address = (schema: 'AUTH' | 'COMMERCE', { env }: FreshSchema) =>
  Object.fromEntries(
    ['HOST', 'PORT', 'NAME', 'USER', 'PASSWORD', 'CA_FILE'].map((name) => [
      `SEED_${schema}_${name}`,
      env[`DB_${name}`] ?? '',
    ]),
  );
const start = (env: Record<string, string> = {}) =>
  startCommand('seed/src/main.ts', [], {
    ...address('AUTH', auth),
    ...address('COMMERCE', commerce),
    ...admin,
    SEED_WAIT_SECONDS: '50',
    ...env,
  });
const seed = (env?: Record<string, string>) => finish(start(env), 55_000);

async function migrate(service: string, schema: FreshSchema): Promise<void> {
  const nowhere = { REDIS_LOCK_URL: 'redis://127.0.0.1:1', REDIS_CACHE_URL: 'redis://127.0.0.1:1' };
  const env = {
    ...schema.env,
    ...nowhere,
    KAFKA_BROKERS: '127.0.0.1:1',
    AUTH_SIGNING_KEYS_FILE: join(folder, 'keys.json'),
  };
  const command = startCommand(`services/${service}/src/main.ts`, ['--parts', 'migrate'], {
    ...env,
    JWKS_URL: 'http://127.0.0.1:1',
  });
  const { code, output } = await finish(command, 55_000);
  if (code !== 0) throw new Error(output);
}

async function rows(schema: FreshSchema, sql: string): Promise<RowDataPacket[]> {
  return (await schema.admin.query<RowDataPacket[]>(sql))[0];
}
const admins = () =>
  rows(auth, "SELECT id, email, password_hash AS hash FROM users WHERE role = 'admin' ORDER BY email");

describe('the seed', () => {
  test('waits for the schemas, then adds what is missing, once', async () => {
    const command = start();
    await until('it to wait for the users', async () => /waiting for the schema auth: .*users/.test(command.output()));
    await migrate('auth', auth);
    await until('it to wait for the products', async () => /schema commerce: .*products/.test(command.output()));
    await migrate('product', commerce);
    const { code, output } = await finish(command, 55_000);
    expect(output).toMatch(/\n500 of 500 products and 10000 of 10000 users added\nadmin admin@onsale.test: made\n$/);
    expect(code).toBe(0);
    const [user] = await rows(auth, "SELECT password_hash AS hash FROM users WHERE email = 'user00001@onsale.test'");
    expect(await verifyPassword(DEMO_PASSWORD, user?.hash)).toBe(true);
    const unexplained = `SELECT 1 FROM products LEFT JOIN stock_changes ON product_id = products.id AND kind = 'created'
                          AND change_by = stock WHERE stock_changes.id IS NULL`;
    expect(await rows(commerce, unexplained)).toEqual([]);

    const before = await admins();
    expect(await seed()).toEqual({
      code: 0,
      output: '0 of 500 products and 0 of 10000 users added\nadmin admin@onsale.test: kept\n',
    });
    expect(await admins()).toEqual(before);
  }, 120_000);

  test("gives the admin the password that it is told, and ends the account's sessions", async () => {
    await auth.admin.query(
      `INSERT INTO refresh_tokens (id, family_id, user_id, token_hash, expires_at, created_at) VALUES
       ('t1', 'f1', 'user-admin', 'h1', NOW(6) + INTERVAL 1 DAY, NOW(6)), ('t2', 'f2', 'user-00001', 'h2', NOW(6) + INTERVAL 1 DAY, NOW(6))`,
    );
    const changed = { SEED_ADMIN_PASSWORD: 'another, as long' };
    expect((await seed(changed)).output).toMatch(/\nadmin admin@onsale.test: changed\n$/);
    const [account] = await admins();
    expect(await verifyPassword(changed.SEED_ADMIN_PASSWORD, account?.hash)).toBe(true);
    expect(await rows(auth, 'SELECT id FROM refresh_tokens WHERE revoked_at IS NULL')).toEqual([{ id: 't2' }]);
  });

  test('lets no account stand beside the admin that was renamed, and makes one that signed up the admin', async () => {
    expect((await seed({ SEED_ADMIN_EMAIL: 'boss@onsale.test' })).output).toMatch(/admin boss@onsale.test: changed\n$/);
    expect((await admins()).map(({ id, email }) => [id, email])).toEqual([['user-admin', 'boss@onsale.test']]);
    const promoted = { SEED_ADMIN_EMAIL: 'user00002@onsale.test', SEED_DEMO: 'false' };
    expect(await seed(promoted)).toEqual({ code: 0, output: 'admin user00002@onsale.test: changed\n' });
    expect((await admins()).map(({ id }) => id)).toEqual(['user-admin', 'user-00002']);
    const [, account] = await admins();
    expect(await verifyPassword(admin.SEED_ADMIN_PASSWORD, account?.hash)).toBe(true);
  });

  test.each([
    [
      'a schema that is not there',
      { SEED_AUTH_NAME: 'nothing' },
      /^seed: the schema auth was not ready within 0 s: .*\n$/,
    ],
    ['no password', { SEED_ADMIN_PASSWORD: '' }, /^seed: SEED_ADMIN_PASSWORD: must be set\n$/],
    ['a word that is no answer', { SEED_DEMO: 'yes' }, /^seed: SEED_DEMO: must be true or false\n$/],
  ])('ends with 1 and one line on %s', async (_, env, output) => {
    const ended = await seed({ ...env, SEED_WAIT_SECONDS: '0' });
    expect(ended.output).toMatch(output);
    expect(ended.code).toBe(1);
  });
});
