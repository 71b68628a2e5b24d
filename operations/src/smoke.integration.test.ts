import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hashPassword } from '@onsale/auth/passwords';
import { type Front, finish, freePort, startCommand, startFront } from '@onsale/tests/support';

const admin = { SMOKE_ADMIN_EMAIL: 'admin@onsale.test', SMOKE_ADMIN_PASSWORD: 'a very good one' };
let front: Front;

beforeAll(async () => {
  front = await startFront();
  await front.authSchema.admin.query(
    `INSERT INTO users (id, email, name, password_hash, role, created_at) VALUES ('user-admin', ?, 'Admin', ?, 'admin', NOW(6))`,
    [admin.SMOKE_ADMIN_EMAIL, await hashPassword(admin.SMOKE_ADMIN_PASSWORD)],
  );
}, 120_000);
afterAll(() => front?.stop());

const smoke = (env: Record<string, string>) => finish(startCommand('operations/src/smoke.ts', [], env), 40_000);
const outcomes = (output: string) => output.split('\n').map((line) => line.split(' ')[0]);

test('smoke looks, and with an admin buys, what is sold out afterwards', async () => {
  const looked = await smoke({ SMOKE_URL: front.url });
  expect(looked.output).toMatch(/\nall 4 checks passed\n$/);
  expect(looked.code).toBe(0);
  const bought = await smoke({ SMOKE_URL: front.url, ...admin });
  expect(bought.output).toMatch(/\nok {8}the order can be read, and is paid \(\d+ ms\)\nall 11 checks passed\n$/);
  expect(bought.code).toBe(0);
  expect(await front.shop.rows("SELECT stock FROM products WHERE name LIKE 'Smoke test%'")).toEqual([{ stock: 0 }]);
});

test('smoke tells what failed, and leaves out what hangs on it', async () => {
  const { code, output } = await smoke({ SMOKE_URL: front.url, ...admin, SMOKE_ADMIN_PASSWORD: 'not it' });
  expect(code).toBe(1);
  expect(output).toMatch(
    /\nFAILED {4}the admin logs in \(\d+ ms\): 401 instead of 200: .*credentials-invalid.*\nleft out /,
  );
  expect(outcomes(output).filter((word) => word === 'left')).toHaveLength(6);
  expect(output).toMatch(/\n1 of 11 checks failed\n$/);
});

test('smoke fails on something else that answers 200 to everything, and on nothing at all', async () => {
  const server = createServer((_, response) => response.end('hello'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = Object(server.address());
  const strange = await smoke({ SMOKE_URL: `http://127.0.0.1:${address.port}` });
  server.close();
  expect(outcomes(strange.output).filter((word) => word === 'FAILED')).toHaveLength(4);
  expect(strange.code).toBe(1);
  const nobody = await smoke({ SMOKE_URL: `http://127.0.0.1:${await freePort()}` });
  expect(nobody.output).toContain('ECONNREFUSED');
  expect(nobody.code).toBe(1);
});

test.each([
  ['no address', { SMOKE_URL: 'gateway' }, /^smoke: SMOKE_URL: must be an http or https address\n$/],
  [
    'half an admin',
    { SMOKE_URL: 'http://x', SMOKE_ADMIN_EMAIL: 'a@b.c' },
    /^smoke: SMOKE_ADMIN_EMAIL: must be set .*\n$/,
  ],
])('smoke ends with 2 and one line on %s', async (_, env, output) => {
  const ended = await smoke(env);
  expect(ended.output).toMatch(output);
  expect(ended.code).toBe(2);
});
