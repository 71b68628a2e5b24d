import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { RetryTransactionError } from '../../database/retry-transaction-error.ts';
import { type TestDatabase, testDatabase } from '../../database/testing/test-database.ts';
import { createBatchConsumer } from '../consumer/create-batch-consumer.ts';
import { aThing, sendAll, testConsuming, thingsSetup } from '../testing/test-consuming.ts';
import type { TestMessaging } from '../testing/test-messaging.ts';
import { claimEvents } from './claim-events.ts';
import { purgeInbox } from './purge-inbox.ts';

let given: TestDatabase;

beforeEach(async () => {
  given = await testDatabase();
});
afterEach(() => given.close());

const claim = async (ids: string[], consumer = 'c') =>
  [...(await given.database.transaction('claim', (tx) => claimEvents(tx, consumer, ids))).value].sort();

describe('the inbox', () => {
  test('claims what was not handled before, once for each consumer', async () => {
    expect(await claim(['a', 'b', 'a'])).toEqual(['a', 'b']);
    expect(await claim(['c', 'b', 'a'])).toEqual(['c']);
    expect(await claim(['c', 'b', 'a'])).toEqual([]);
    expect(await claim(['a'], 'other')).toEqual(['a']);
    expect(await claim([])).toEqual([]);
  });

  test('forgets a claim with its transaction', async () => {
    const undone = given.database.transaction('undo', async (tx) => {
      await claimEvents(tx, 'c', ['a']);
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await claim(['a'])).toEqual(['a']);
  });

  test('has a transaction run again when another claims at the same moment', async () => {
    const claimed = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const first = given.database.transaction('first', async (tx) => {
      await claimEvents(tx, 'c', ['b']);
      claimed.resolve();
      await finish.promise;
    });
    await claimed.promise;
    const refusals: unknown[] = [];
    const claiming = Promise.withResolvers<void>();
    const second = given.database.transaction('second', (tx) => {
      const change: typeof tx.change = (sql, values) => {
        const changed = tx.change(sql, values);
        claiming.resolve();
        return changed;
      };
      const claims = claimEvents({ ...tx, change }, 'c', ['a', 'b', 'c']);
      claims.catch((error) => refusals.push(error));
      return claims;
    });
    await claiming.promise;
    finish.resolve();
    await first;
    expect([...(await second).value].sort()).toEqual(['a', 'c']);
    expect(refusals).toEqual([expect.any(RetryTransactionError)]);
  });

  test('lets many that claim the same at once have each event once', async () => {
    const ids = Array.from({ length: 40 }, (_, n) => `event-${n}`);
    const shuffled = () => ids.map((id) => ({ id, at: Math.random() })).sort((a, b) => a.at - b.at);
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => claim(shuffled().map(({ id }) => id)).catch((): string[] => [])),
    );
    expect(claims.flat().sort()).toEqual([...ids].sort());
  });

  test('refuses an id that does not fit, instead of cutting it', async () => {
    await expect(claim(['x'.repeat(37)])).rejects.toThrow('too long');
  });

  test('is purged of what was handled long ago', async () => {
    await claim(['a', 'b', 'c']);
    await given.schema.admin.query(
      'UPDATE inbox SET handled_at = NOW(6) - INTERVAL 15 DAY WHERE event_id IN ("a", "b")',
    );
    expect(await purgeInbox(given.database, { days: 14 })).toBe(2);
    expect(await claim(['a', 'b', 'c'])).toEqual(['a', 'b']);
  });
});

describe('consumers of a group', () => {
  let messaging: TestMessaging;
  beforeEach(async () => {
    messaging = await testConsuming(6);
    await given.schema.admin.query('CREATE TABLE effects (event_id CHAR(36) NOT NULL, KEY (event_id))');
  });
  afterEach(() => messaging.close());

  function start() {
    const kafka = messaging.again();
    const database = given.again();
    return messaging.start(
      createBatchConsumer({
        ...thingsSetup({ ...messaging, kafka }),
        batchSize: 20,
        handleBatch: async (events) => {
          await database.transaction('effect', async (tx) => {
            const fresh = await claimEvents(
              tx,
              'g',
              events.map(({ id }) => id),
            );
            const rows = events.filter(({ id }) => fresh.has(id)).map(({ id }) => [id]);
            if (rows.length > 0) await tx.change('INSERT INTO effects (event_id) VALUES :rows', { rows });
          });
        },
      }),
    );
  }

  async function effects(): Promise<{ all: number; distinct: number }> {
    const [rows] = await given.schema.admin.query(
      'SELECT COUNT(*) AS total, COUNT(DISTINCT event_id) AS distincts FROM effects',
    );
    const row: unknown = Array.isArray(rows) ? rows[0] : undefined;
    return { all: Number(Reflect.get(Object(row), 'total')), distinct: Number(Reflect.get(Object(row), 'distincts')) };
  }

  test('have the effect of each event once, though they come and go, and events are sent twice', async () => {
    const sent = Array.from({ length: 2000 }, (_, n) => aThing(messaging.topic, `k${n % 50}`, n));
    const stopFirst = start();
    await sendAll(messaging.kafka, sent.slice(0, 1000));
    await until('work has begun', async () => (await effects()).all > 0);
    start();
    await sendAll(messaging.kafka, sent.slice(500));
    await until('work goes on', async () => (await effects()).all > 1000);
    await stopFirst();
    start();
    await until('all have had their effect', async () => (await effects()).distinct === sent.length, 60_000);
    expect(await effects()).toEqual({ all: 2000, distinct: 2000 });
  });
});
