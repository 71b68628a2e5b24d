import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, type FreshSchema, freshSchema, startRedis, type TestRedis } from '@onsale/tests/support';
import { startAuth, type TestAuth } from './testing/test-auth.ts';

let redis: TestRedis;
let schema: FreshSchema;
let auth: TestAuth;

beforeAll(async () => {
  [redis, schema] = await Promise.all([startRedis(), freshSchema('auth')]);
  auth = await startAuth({ ...schema.env, REDIS_LOCK_URL: redis.url, LOGIN_FAILURES_LIMIT: '5' });
});
afterAll(async () => {
  await auth?.stop();
  await Promise.all([redis?.stop(), schema?.close()]);
});

const PASSWORD = 'correct horse battery';
const post = (path: string, body: unknown) => call(`${auth.url}/api/auth/${path}`, { body });
const signup = (email: string, more: object = {}) =>
  post('signup', { email, password: PASSWORD, name: '홍길동', ...more });
const times = <T>(number: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: number }, (_, index) => make(index)));

describe('signup', () => {
  test('makes an account that can log in, whatever the case of its address', async () => {
    const { status, body } = await signup('Ada@Example.COM');
    expect(status).toBe(201);
    const login = await post('login', { email: ' ada@example.com', password: PASSWORD });
    expect(login).toMatchObject({ status: 200, body: { userId: body.userId, expiresIn: 900 } });
    const me = await call(`${auth.url}/api/auth/me`, { token: login.body.accessToken });
    expect(me).toMatchObject({
      status: 200,
      body: { userId: body.userId, email: 'ada@example.com', name: '홍길동', role: 'user' },
    });
  });

  test('stores no password', async () => {
    await signup('stored@example.com');
    const [rows] = await schema.admin.query('SELECT * FROM users WHERE email = ?', ['stored@example.com']);
    expect(JSON.stringify(rows)).toMatch(/scrypt\$32768\$8\$3\$/);
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
  });

  test('of one address by twenty at once makes one account', async () => {
    const answers = await times(20, () => signup('race@example.com'));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const losers = answers.filter(({ status }) => status !== 201).map(({ status, body }) => `${status} ${body.code}`);
    expect(new Set(losers)).toEqual(new Set(['409 email-taken']));
    const [rows] = await schema.admin.query('SELECT id FROM users WHERE email = ?', ['race@example.com']);
    expect(rows).toHaveLength(1);
  });

  test.each([
    { email: 'not an address' },
    { email: `${'a'.repeat(250)}@example.com` },
    { password: 'short' },
    { password: 'x'.repeat(201) },
    { name: '' },
    { name: 'x'.repeat(101) },
    { role: 'admin' },
  ])('refuses %j', async (wrong) => {
    expect(await signup('wrong@example.com', wrong)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  });
});

describe('login', () => {
  test('says the same of a wrong password and an unknown address, after the same work', async () => {
    await signup('known@example.com');
    const timed = async (email: string) => {
      const startedAt = performance.now();
      const { status, body } = await post('login', { email, password: 'wrong password' });
      return { answer: [status, body.code, body.detail], took: performance.now() - startedAt };
    };
    const rounds: Record<'known' | 'unknown', Awaited<ReturnType<typeof timed>>>[] = [];
    for (let round = 0; round < 3; round += 1) {
      rounds.push({ known: await timed('known@example.com'), unknown: await timed('unknown@example.com') });
    }
    for (const { known, unknown } of rounds) {
      expect(known.answer).toEqual([401, 'credentials-invalid', expect.any(String)]);
      expect(unknown.answer).toEqual(known.answer);
    }
    // A hash takes a hundred milliseconds and more, its absence none. The quickest of three was held up by nothing else.
    const quickest = (who: 'known' | 'unknown') => Math.min(...rounds.map((round) => round[who].took));
    expect(quickest('unknown')).toBeGreaterThan(quickest('known') / 4);
  });

  test('is refused after too many failures, sent one by one or at once, and for that account only', async () => {
    await signup('guessed@example.com');
    const guess = (password: string) => post('login', { email: 'guessed@example.com', password });
    expect((await guess(PASSWORD)).status).toBe(200);
    const guesses = await times(9, (index) => guess(`guess ${index}`));
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
    const { status, body, headers } = await guess(PASSWORD);
    expect({ status, code: body.code }).toEqual({ status: 429, code: 'too-many-attempts' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(800);
    await signup('neighbour@example.com');
    expect((await post('login', { email: 'neighbour@example.com', password: PASSWORD })).status).toBe(200);
  });

  test('forgets failures after a success', async () => {
    await signup('clumsy@example.com');
    for (let round = 0; round < 3; round += 1) {
      for (let typo = 0; typo < 3; typo += 1) {
        expect((await post('login', { email: 'clumsy@example.com', password: 'typo' })).status).toBe(401);
      }
      expect((await post('login', { email: 'clumsy@example.com', password: PASSWORD })).status).toBe(200);
    }
  });
});

describe('an administrator', () => {
  const createAdmin = (email: string) =>
    promisify(execFile)(
      process.execPath,
      [new URL('create-admin.ts', import.meta.url).pathname, '--email', email, '--name', 'Root'],
      {
        env: { ...process.env, ...schema.env, ADMIN_PASSWORD: PASSWORD },
      },
    );

  test('is made by the command alone', async () => {
    const { stdout } = await createAdmin('root@example.com');
    const { body } = await post('login', { email: 'root@example.com', password: PASSWORD });
    expect(body.userId).toBe(stdout.trim());
    expect((await call(`${auth.url}/api/auth/me`, { token: body.accessToken })).body.role).toBe('admin');
    await expect(createAdmin('root@example.com')).rejects.toMatchObject({
      stderr: expect.stringContaining('has an account'),
    });
  });
});

test('when Redis is away logins are counted all the same', async () => {
  await signup('offline@example.com');
  await redis.server.kill();
  const login = (password: string) => post('login', { email: 'offline@example.com', password });
  expect((await login(PASSWORD)).status).toBe(200);
  const answers = await times(7, () => login('wrong'));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
});
