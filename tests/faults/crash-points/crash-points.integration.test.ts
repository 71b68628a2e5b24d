import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  type Answered,
  call,
  type FreshSchema,
  freshSchema,
  sharedServers,
  startRedis,
  type TestKeys,
  type TestRedis,
  testKeys,
  until,
} from '@onsale/tests/support';
import type { CrashControl } from './crash-control.ts';
import { openCrashControl } from './open-crash-control.ts';
import { type PointProcess, startPoint } from './testing/start-point.ts';

let folder: string;
let control: CrashControl;
let schema: FreshSchema;
let redis: TestRedis;
let keys: TestKeys;
let point: PointProcess | undefined;

beforeAll(async () => {
  [schema, redis, keys] = await Promise.all([freshSchema('crash'), startRedis(), testKeys()]);
}, 60_000);

afterAll(async () => {
  await Promise.all([schema?.close(), redis?.stop(), keys?.close()]);
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onsale-crash-'));
  control = openCrashControl(folder);
});

afterEach(async () => {
  await point?.end();
  rmSync(folder, { recursive: true });
});

async function start(more: Readonly<Record<string, string>> = control.environment): Promise<PointProcess> {
  point = await startPoint({
    ...schema.env,
    REDIS_LOCK_URL: redis.url,
    REDIS_CACHE_URL: redis.url,
    KAFKA_BROKERS: sharedServers().brokers.join(','),
    KAFKA_TOPIC_PREFIX: `${schema.name}.`,
    JWKS_URL: keys.jwksUrl,
    ...more,
  });
  return point;
}

/** Charges 1,000 won; undefined when nothing was heard. */
async function charge({ url }: PointProcess, userId: string, key: string): Promise<Answered | undefined> {
  const token = await keys.mint({ sub: userId });
  return call(`${url}/api/balance/charge`, { token, key, body: { userId, amount: 1_000 } }).catch(() => undefined);
}

async function entriesOf(userId: string): Promise<number> {
  const [rows] = await schema.admin.query('SELECT id FROM point_entries WHERE user_id = ?', [userId]);
  return Array.isArray(rows) ? rows.length : Number.NaN;
}

const stateOf = (pid: number) => /^State:\s*(\S)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];

test('a service that ends itself before COMMIT leaves nothing, and its key is free for the next', async () => {
  const [userId, key] = [randomUUID(), randomUUID()];
  const first = await start();
  await control.arm(first.pid, { point: 'points.charge: before COMMIT', action: 'kill' });
  expect(await charge(first, userId, key)).toBeUndefined();
  expect(await first.ended).toBe('SIGKILL');
  const reached = await control.reached(first.pid, 'points.charge: before COMMIT', 0);
  expect(reached).toMatchObject({ action: 'kill', pid: first.pid });
  expect(await entriesOf(userId)).toBe(0);

  const next = await start();
  await until('the mark of the dead to run out', async () => (await charge(next, userId, key))?.status === 200);
  expect(await entriesOf(userId)).toBe(1);
});

test('one that ends itself when COMMIT is with the server has done it, and the key tells', async () => {
  const [userId, key] = [randomUUID(), randomUUID()];
  const first = await start();
  await control.arm(first.pid, { point: 'points.charge: COMMIT sent', action: 'kill' });
  expect(await charge(first, userId, key)).toBeUndefined();
  expect(await first.ended).toBe('SIGKILL');
  await until('the server to have committed', async () => (await entriesOf(userId)) === 1);

  const told = await charge(await start(), userId, key);
  expect(told?.status).toBe(200);
  expect(told?.headers.get('idempotency-replayed')).toBe('true');
  expect(await entriesOf(userId)).toBe(1);
});

test('one that stops itself goes on from there when it is told to', async () => {
  const userId = randomUUID();
  const service = await start();
  const { pid } = service;
  await control.arm(pid, { point: 'points.charge: lock had', action: 'stop', after: 2 });
  expect((await charge(service, userId, randomUUID()))?.status).toBe(200);
  expect(await control.reached(pid, 'points.charge: lock had', 0)).toBeUndefined();

  const second = charge(service, userId, randomUUID());
  expect(await control.reached(pid, 'points.charge: lock had', 20_000)).toMatchObject({ detail: userId });
  await until('the process to be stopped', async () => stateOf(pid) === 'T');
  process.kill(pid, 'SIGCONT');
  expect((await second)?.status).toBe(200);
});

test('what was disarmed, or armed for another flow, is passed', async () => {
  const service = await start();
  await control.arm(service.pid, { point: 'points.charge: answered', action: 'kill' });
  await control.disarm(service.pid);
  expect((await charge(service, randomUUID(), randomUUID()))?.status).toBe(200);
  await control.arm(service.pid, { point: 'orders.place: before COMMIT', action: 'kill' });
  expect((await charge(service, randomUUID(), randomUUID()))?.status).toBe(200);
});

test('a service that is started as ever has no points, and a point must be one that there is', async () => {
  const service = await start({});
  const { pid } = service;
  await expect(control.arm(pid, { point: 'points.charge: answered', action: 'kill' })).rejects.toThrow(
    'no process with crash points',
  );
  await control.disarm(pid);
  await expect(control.arm(pid, { point: 'points.charge: lunch', action: 'kill' })).rejects.toThrow('no crash point');
  expect((await charge(service, randomUUID(), randomUUID()))?.status).toBe(200);
});
