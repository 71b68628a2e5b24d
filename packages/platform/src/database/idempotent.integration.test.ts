import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startRedis, type TestRedis } from '@onsale/tests/support';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { createInFlight, type InFlight } from '../redis/in-flight.ts';
import { openRedis } from '../redis/open-redis.ts';
import { redisReady } from '../redis/redis-ready.ts';
import type { Answer } from './answer.ts';
import { findAnswers, lockAnswers, storeAnswers } from './answers.ts';
import type { Database, Tx } from './database.ts';
import { idempotent } from './idempotent.ts';
import { type IdempotentRequest, identityOf } from './idempotent-request.ts';
import { purgeIdempotencyKeys } from './purge-idempotency-keys.ts';
import { requestHash } from './request-hash.ts';
import { type TestDatabase, testDatabase } from './testing/test-database.ts';

let given: TestDatabase;
let server: TestRedis;
let redis: Redis;
let inFlight: InFlight;

/** What there is when Redis is away: everybody is told to go on. */
const nobodyInFlight: InFlight = { begin: async (identities) => new Set(identities), end: async () => undefined };

beforeAll(async () => {
  given = await testDatabase();
  server = await startRedis();
  redis = openRedis({ url: server.url, name: 'test', log: pino({ level: 'silent' }) });
  await redisReady(redis, 5000);
  inFlight = createInFlight({ redis });
  await given.schema.admin.query(
    'CREATE TABLE charges (id INT AUTO_INCREMENT PRIMARY KEY, request VARCHAR(40), amount INT)',
  );
});
afterAll(async () => {
  await given.close();
  redis.disconnect();
  await server.stop();
});

function request(key: string, body: object = { amount: 5 }): IdempotentRequest {
  return { userId: 'mina', route: 'points.charge', key, requestHash: requestHash(body) };
}

const charge =
  (key: string) =>
  async (tx: Tx): Promise<Answer> => {
    await tx.change('INSERT INTO charges (request, amount) VALUES (?, 5)', [key]);
    const [row] = await tx.rows<{ id: number }>('SELECT LAST_INSERT_ID() AS id');
    return {
      status: 201,
      location: `/charges/${row?.id}`,
      body: { id: row?.id, note: '감사' },
      reference: String(row?.id),
    };
  };

const ask = (key: string, using: InFlight, database: Database = given.database, body?: object) =>
  idempotent({ database, inFlight: using, name: 'charge', request: request(key, body), work: charge(key) });

async function effects(key: string): Promise<number> {
  const [rows] = await given.schema.admin.query('SELECT COUNT(*) AS count FROM charges WHERE request = ?', [key]);
  return Array.isArray(rows) ? Number(Reflect.get(rows[0] ?? {}, 'count')) : -1;
}

describe('a request under an idempotency key', () => {
  test('is answered once and replayed', async () => {
    const first = await ask('once', inFlight);
    expect(first).toMatchObject({ status: 201, replayed: false, body: { note: '감사' } });
    expect(first.gtid).toBeDefined();
    const { gtid: _, ...answer } = first;
    expect(await ask('once', inFlight)).toEqual({ ...answer, replayed: true });
    expect(await effects('once')).toBe(1);
  });

  test('sent fifty times at once has one effect; the others are replayed or told to wait', async () => {
    const other = given.again();
    const elsewhere = createInFlight({ redis });
    const ends = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? ask('fifty', inFlight) : ask('fifty', elsewhere, other))),
    );
    const fresh = ends.filter((end) => end.status === 'fulfilled' && !end.value.replayed);
    const refused = ends.filter((end) => end.status === 'rejected').map((end) => end.reason);
    expect(fresh).toHaveLength(1);
    expect(refused.every((error) => error.code === 'request-in-progress')).toBe(true);
    expect(await effects('fifty')).toBe(1);
    expect(await ask('fifty', inFlight)).toMatchObject({ replayed: true });
  });

  test('sent fifty times at once has one effect without Redis too, and all get the same answer', async () => {
    const other = given.again();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => ask('bare', nobodyInFlight, n % 2 === 0 ? given.database : other)),
    );
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await effects('bare')).toBe(1);
  });

  test('is refused when the key was used for another request', async () => {
    await ask('reused', inFlight);
    await expect(ask('reused', inFlight, given.database, { amount: 6 })).rejects.toMatchObject({
      kind: 'rule',
      code: 'idempotency-key-reused',
    });
  });

  test('that was refused is tried anew', async () => {
    const refuse = () => Promise.reject(new Error('not enough'));
    const options = { database: given.database, inFlight, name: 'charge', request: request('refused') };
    await expect(idempotent({ ...options, work: refuse })).rejects.toThrow('not enough');
    expect(await ask('refused', inFlight)).toMatchObject({ status: 201, replayed: false });
  });

  test('is known by user, route and key together, each as it is written', async () => {
    const requests = [request('k'), request('K'), { ...request('k'), userId: 'MINA' }, { ...request('k'), route: 'r' }];
    await given.database.transaction('store', (tx) =>
      storeAnswers(
        tx,
        requests.map((each, status) => ({ request: each, status, body: null })),
      ),
    );
    const found = await given.database.readPrimary((reading) => findAnswers(reading, requests));
    expect(requests.map((each) => found.get(identityOf(each))?.status)).toEqual([0, 1, 2, 3]);
  });

  test('whose answer another transaction is just storing is waited for by a locking look', async () => {
    const stored = Promise.withResolvers<void>();
    const storing = given.database.transaction('store', async (tx) => {
      await storeAnswers(tx, [{ request: request('late'), status: 201, body: {} }]);
      stored.resolve();
      await tx.rows('SELECT SLEEP(0.3)');
    });
    await stored.promise;
    const plain = await given.database.readPrimary((reading) => findAnswers(reading, [request('late')]));
    const { value: locked } = await given.database.transaction('look', (tx) => lockAnswers(tx, [request('late')]));
    await storing;
    expect([plain.size, locked.size]).toEqual([0, 1]);
  });

  test('is forgotten when it has been kept long enough', async () => {
    await ask('old', inFlight);
    await ask('new', inFlight);
    await given.schema.admin.query(
      `UPDATE idempotency_keys SET created_at = created_at - INTERVAL 25 HOUR WHERE idempotency_key = 'old'`,
    );
    expect(await purgeIdempotencyKeys(given.database, { hours: 24 })).toBe(1);
    const left = await given.database.readPrimary((reading) => findAnswers(reading, [request('old'), request('new')]));
    expect([...left.keys()]).toEqual([identityOf(request('new'))]);
  });
});
