import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, type FreshSchema, freshSchema, startRedis, type TestRedis, until } from '@onsale/tests/support';
import { decodeProtectedHeader } from 'jose';
import { rotateKeyFile } from './keys/rotate-key-file.ts';
import { startAuth, type TestAuth } from './testing/test-auth.ts';

let redis: TestRedis;
let schema: FreshSchema;
let instances: TestAuth[];

beforeAll(async () => {
  [redis, schema] = await Promise.all([startRedis(), freshSchema('auth')]);
  const env = { ...schema.env, REDIS_LOCK_URL: redis.url, PURGE_INTERVAL_SECONDS: '1' };
  instances = await Promise.all([startAuth(env), startAuth(env)]);
  await post('signup', { email: EMAIL, password: PASSWORD, name: 'Ada' });
});
afterAll(async () => {
  await Promise.all((instances ?? []).map((auth) => auth.stop()));
  await Promise.all([redis?.stop(), schema?.close()]);
});

const EMAIL = 'ada@example.com';
const PASSWORD = 'correct horse battery';
const urlOf = (index = 0) => `${instances[index % 2]?.url}`;
const post = (path: string, body: unknown, index = 0) => call(`${urlOf(index)}/api/auth/${path}`, { body });
const login = async () => (await post('login', { email: EMAIL, password: PASSWORD })).body;
const refresh = (refreshToken: string, index = 0) => post('refresh', { refreshToken }, index);
const refusal = async (answer: ReturnType<typeof call>) => {
  const { status, body } = await answer;
  return `${status} ${body?.code}`;
};

describe('refresh', () => {
  test('gives the next token and a fresh access token', async () => {
    const first = await login();
    const { status, body } = await refresh(first.refreshToken);
    expect(status).toBe(200);
    expect(body).toMatchObject({ userId: first.userId, expiresIn: 900 });
    expect(body.refreshToken).not.toBe(first.refreshToken);
    expect((await call(`${urlOf()}/api/auth/me`, { token: body.accessToken })).status).toBe(200);
    expect((await refresh(body.refreshToken)).status).toBe(200);
  });

  test('with a used token ends the session, and no other', async () => {
    const [first, other] = [await login(), await login()];
    const second = (await refresh(first.refreshToken)).body;
    expect(await refusal(refresh(first.refreshToken))).toBe('401 refresh-token-reused');
    expect(await refusal(refresh(second.refreshToken))).toBe('401 refresh-token-invalid');
    expect((await refresh(other.refreshToken)).status).toBe(200);
  });

  test('with one token by fifty at once, over two instances: one gets the next, and the session is over', async () => {
    const { refreshToken } = await login();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => refresh(refreshToken, index)));
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    const losers = answers.filter(({ status }) => status !== 200).map(({ status, body }) => `${status} ${body.code}`);
    expect(new Set(losers)).toEqual(new Set(['401 refresh-token-reused']));
    expect(await refusal(refresh(winners[0]?.body.refreshToken))).toBe('401 refresh-token-invalid');
  });

  test('raced by a reuse of an older token leaves no live token behind', async () => {
    for (let round = 0; round < 10; round += 1) {
      const first = await login();
      const second = (await refresh(first.refreshToken)).body;
      const [, third] = await Promise.all([refresh(first.refreshToken, 0), refresh(second.refreshToken, 1)]);
      if (third.status === 200) expect((await refresh(third.body.refreshToken)).status).toBe(401);
    }
  });

  test('with a stranger or an expired token is refused', async () => {
    expect(await refusal(refresh('x'.repeat(43)))).toBe('401 refresh-token-invalid');
    const { refreshToken } = await login();
    await schema.admin.query('UPDATE refresh_tokens SET expires_at = NOW(6) WHERE used_at IS NULL');
    expect(await refusal(refresh(refreshToken))).toBe('401 refresh-token-invalid');
  });

  test('keeps only hashes', async () => {
    const { refreshToken } = await login();
    const [rows] = await schema.admin.query('SELECT * FROM refresh_tokens');
    expect(JSON.stringify(rows)).not.toContain(refreshToken);
  });
});

describe('logout', () => {
  test('ends the session, however often', async () => {
    const first = await login();
    const second = (await refresh(first.refreshToken)).body;
    for (let round = 0; round < 2; round += 1) {
      expect(await post('logout', { refreshToken: second.refreshToken })).toMatchObject({
        status: 204,
        body: undefined,
      });
    }
    expect(await refusal(refresh(second.refreshToken))).toBe('401 refresh-token-invalid');
    expect((await post('logout', { refreshToken: 'unknown' })).status).toBe(204);
  });
});

test('expired refresh tokens are purged', async () => {
  await login();
  await schema.admin.query('UPDATE refresh_tokens SET expires_at = NOW(6) - INTERVAL 1 DAY');
  await until('them to be gone', async () => {
    const [rows] = await schema.admin.query('SELECT id FROM refresh_tokens');
    return Array.isArray(rows) && rows.length === 0;
  });
});

test('a rotated key signs without a restart, and tokens of the old one still count', async () => {
  const jwks = () => call(`${urlOf()}/.well-known/jwks.json`);
  const before = await jwks();
  expect(before.headers.get('cache-control')).toBe('public, max-age=300');
  expect(before.body.keys).toHaveLength(1);
  expect(before.body.keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' });
  expect(before.body.keys[0].d).toBeUndefined();

  const old = await login();
  await rotateKeyFile(instances[0]?.keysFile ?? '', new Date(), { publishSeconds: 0, tokenTtlSeconds: 900 });
  await until('both keys to be published', async () => (await jwks()).body.keys.length === 2);
  const fresh = await login();
  expect(decodeProtectedHeader(fresh.accessToken).kid).not.toBe(decodeProtectedHeader(old.accessToken).kid);
  // The verifier waits some seconds between two looks at the JWKS.
  await until('the new key to be known', async () => {
    await pause(200);
    return (await call(`${urlOf()}/api/auth/me`, { token: fresh.accessToken })).status === 200;
  });
  expect((await call(`${urlOf()}/api/auth/me`, { token: old.accessToken })).status).toBe(200);
});
