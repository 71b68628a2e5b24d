import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalServers, type MysqlPair, startServers } from '@onsale/local-servers';
import { freshSchemaOn, until } from '@onsale/tests/support';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { openRedis } from '../redis/open-redis.ts';
import type { RecentWrites } from '../redis/recent-writes.ts';
import { createRecentWrites } from '../redis/recent-writes.ts';
import type { Database, Reading } from './database.ts';
import { sampleOf, type TestDatabase, testDatabase } from './testing/test-database.ts';

// So late that nothing of it comes through in a test, however slow the machine.
const farBehindSeconds = 45;

// These tests stop, pause and delay the replica: the servers are their own.
const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-reads-'));
let servers: LocalServers;
let mysql: MysqlPair;
let given: TestDatabase;
let redis: ReturnType<typeof openRedis>;
let recentWrites: RecentWrites;
let metrics: Registry;
let database: Database;

beforeAll(async () => {
  servers = await startServers({ dataFolder, mysql: { replica: true, durability: 'relaxed' }, redis: true });
  if (servers.mysql?.replica === undefined || servers.redis === undefined) throw new Error('servers are missing');
  mysql = servers.mysql;
  given = await testDatabase({}, await freshSchemaOn(mysql, 'platform'));
  redis = openRedis({ url: `redis://127.0.0.1:${servers.redis.port}`, name: 'test', log: pino({ level: 'silent' }) });
  recentWrites = createRecentWrites({ redis });
  metrics = new Registry();
  database = given.again({ DB_FALLBACK_LIMIT: '2', DB_REPLICA_TIMEOUT_MS: '1000' }, { recentWrites, metrics });
  await given.schema.admin.query('CREATE TABLE notes (id INT PRIMARY KEY, text VARCHAR(20) NOT NULL)');
  await mysql.waitForReplica();
}, 120_000);

afterAll(async () => {
  await given.close();
  redis.disconnect();
  await servers.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}, 60_000);

const whereAmI = async (reading: Reading) =>
  (await reading.rows<{ port: number }>('SELECT @@port AS port'))[0]?.port === mysql.primary.port
    ? 'primary'
    : 'replica';
const place = () => database.read(whereAmI);
const fallbacks = (reason: string) => sampleOf(metrics, 'db_replica_fallbacks_total', { reason });
const textOf = (id: number) => async (reading: Reading) =>
  (await reading.rows<{ text: string }>('SELECT text FROM notes WHERE id = ?', [id]))[0]?.text;

/** Writes as the user would, and notes where. */
async function write(user: string, id: number): Promise<void> {
  const { gtid } = await database.transaction('note', (tx) =>
    tx.change(`INSERT INTO notes VALUES (?, 'written')`, [id]),
  );
  await recentWrites.remember([user], gtid);
}

describe('reads', () => {
  beforeEach(async () => {
    await mysql.setReplicaDelay(0);
    // Only a new write shows that the replica gets what is written from now on.
    await given.schema.admin.query(`REPLACE INTO notes VALUES (0, 'again')`);
    await mysql.waitForReplica();
    await until('reads use the replica', async () => (await place()) === 'replica');
  });

  test('go to the replica, writes to the primary', async () => {
    expect(await database.read(whereAmI)).toBe('replica');
    expect(await database.readPrimary(whereAmI)).toBe('primary');
  });

  test('throw what is wrong with the statement, and do not fall back for it', async () => {
    const before = await fallbacks('replica-failed');
    await expect(database.read((reading) => reading.rows('SELECT nonsense'))).rejects.toThrow('nonsense');
    expect(await fallbacks('replica-failed')).toBe(before);
  });

  test('of a user who has just written wait for the replica to have it', async () => {
    await write('mina', 1);
    const text = await database.read(async (reading) => [await whereAmI(reading), await textOf(1)(reading)], {
      after: 'mina',
    });
    expect(text).toEqual(['replica', 'written']);
  });

  test('leave a replica whose replication has stopped, and come back', async () => {
    await mysql.stopReplication();
    await until('reads leave the replica', async () => (await place()) === 'primary');
    expect(await fallbacks('replica-away')).toBeGreaterThan(0);
    await write('sejin', 4);
    await until('the loss of semi-synchronous replication shows', async () => {
      return (await sampleOf(metrics, 'db_semisync_degraded')) === 1;
    });
    await mysql.startReplication();
    await until('reads come back', async () => (await place()) === 'replica');
  });

  test('survive the death of the replica without an error, and come back', async () => {
    await mysql.replica?.kill();
    const places = await Promise.all([place(), place()]);
    expect(places).toEqual(['primary', 'primary']);
    await until('the replica is known to be away', async () =>
      Number.isNaN(await sampleOf(metrics, 'db_replica_lag_seconds')),
    );
    expect(await place()).toBe('primary');
    await mysql.replica?.restart();
    await until('reads come back', async () => (await place()) === 'replica', 40_000);
  }, 90_000);

  test('of a replica that hangs cost a bounded time, and soon none', async () => {
    await mysql.replica?.pause();
    try {
      // The server may still answer what reached it before it was stopped.
      await until('reads go elsewhere', async () => (await place()) === 'primary');
      await until('the replica is known to be away', async () =>
        Number.isNaN(await sampleOf(metrics, 'db_replica_lag_seconds')),
      );
      // A time-out for each of them would outlast the test.
      for (let count = 0; count < 40; count += 1) expect(await place()).toBe('primary');
    } finally {
      await mysql.replica?.resume();
    }
    await until('reads come back', async () => (await place()) === 'replica');
  }, 60_000);

  test('beyond the limit are refused while the replica is away, and only then', async () => {
    await mysql.stopReplication();
    await until('reads leave the replica', async () => (await place()) === 'primary');
    const slow = (reading: Reading) => reading.rows('SELECT SLEEP(0.8)');
    const busy = [database.read(slow), database.read(slow)];
    await expect(place()).rejects.toEqual(
      expect.objectContaining({ code: 'reads-overloaded', kind: 'unavailable', retryAfterSeconds: 1 }),
    );
    await Promise.all(busy);
    expect(await place()).toBe('primary');
    await mysql.startReplication();
  });

  test('of a user who has just written go to the primary when the replica lags; those of others do not', async () => {
    await mysql.setReplicaDelay(farBehindSeconds);
    await write('jun', 2);
    const own = await database.read(async (reading) => [await whereAmI(reading), await textOf(2)(reading)], {
      after: 'jun',
    });
    expect(own).toEqual(['primary', 'written']);
    expect(await database.read(textOf(2), { after: 'someone else', maxLagSeconds: 60 })).toBeUndefined();
  });

  test('leave a replica that is too far behind', async () => {
    await mysql.setReplicaDelay(farBehindSeconds);
    for (let id = 10; id < 15; id += 1) await write('many', id);
    await until('reads leave the replica', async () => (await place()) === 'primary');
    expect(await fallbacks('replica-behind')).toBeGreaterThan(0);
    expect(await database.read(whereAmI, { maxLagSeconds: 60 })).toBe('replica');
    await mysql.setReplicaDelay(0);
    await until('reads come back', async () => (await place()) === 'replica');
  });

  test('of a user go to the primary when Redis cannot say what they wrote', async () => {
    await write('sora', 3);
    await servers.redis?.pause();
    try {
      expect(await database.read(whereAmI, { after: 'sora' })).toBe('primary');
      expect(await place()).toBe('replica');
    } finally {
      await servers.redis?.resume();
    }
    const without = given.again();
    expect(await without.read(whereAmI, { after: 'sora' })).toBe('primary');
  });
});

describe('a primary that hangs', () => {
  test('costs writers a bounded time, and readers of the replica nothing; all go on afterwards', async () => {
    await mysql.setReplicaDelay(0);
    await until('reads use the replica', async () => (await place()) === 'replica');
    await database.transaction('warm', (tx) => tx.rows('SELECT 1'));
    await mysql.primary.pause();
    try {
      let settled = false;
      const written = write('mina', 50)
        .catch((error: unknown) => error)
        .finally(() => {
          settled = true;
        });
      expect(await place()).toBe('replica');
      expect(settled).toBe(false);
      expect(await written).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 1 });
    } finally {
      await mysql.primary.resume();
    }
    await until('writes go on', () =>
      write('mina', 51).then(
        () => true,
        () => false,
      ),
    );
  }, 60_000);
});
