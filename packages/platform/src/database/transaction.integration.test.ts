import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ProgrammingError } from './programming-error.ts';
import { sampleOf, type TestDatabase, testDatabase } from './testing/test-database.ts';

let given: TestDatabase;

beforeAll(async () => {
  given = await testDatabase({ DB_LOCK_WAIT_SECONDS: '1' });
  await given.schema.admin.query(
    'CREATE TABLE things (id INT PRIMARY KEY, amount BIGINT NOT NULL, at DATETIME(6) NULL)',
  );
});
afterAll(() => given.close());

async function fill(...ids: number[]): Promise<void> {
  await given.schema.admin.query('DELETE FROM things');
  for (const id of ids) await given.schema.admin.query('INSERT INTO things (id, amount) VALUES (?, 0)', [id]);
}

async function amounts(): Promise<number[]> {
  return given.database.readPrimary(async (reading) =>
    (await reading.rows<{ amount: number }>('SELECT amount FROM things ORDER BY id')).map(({ amount }) => amount),
  );
}

const retries = (name: string, reason: string) =>
  sampleOf(given.metrics, 'db_transaction_retries_total', { name, reason });

const code = (expected: string) => expect.objectContaining({ name: 'DomainError', code: expected });

/** Resolves for all who wait once so many have come. */
function meeting(size: number): () => Promise<void> {
  let come = 0;
  const open = Promise.withResolvers<void>();
  return () => {
    come += 1;
    if (come === size) open.resolve();
    return open.promise;
  };
}

describe('a transaction', () => {
  test('commits, and tells the rows it changed and its GTID', async () => {
    await fill(1);
    const { value, gtid } = await given.database.transaction('add', async (tx) => {
      expect(
        await tx.change('INSERT INTO things (id, amount) VALUES :rows', {
          rows: [
            [2, 5],
            [3, 7],
          ],
        }),
      ).toBe(2);
      expect(await tx.change('UPDATE things SET amount = 5 WHERE id IN (?)', [[1, 2]])).toBe(1);
      expect(await tx.change('DELETE FROM things WHERE id = ?', [3])).toBe(1);
      return tx.rows<{ id: number }>('SELECT id FROM things ORDER BY id');
    });
    expect(value).toEqual([{ id: 1 }, { id: 2 }]);
    expect(gtid).toMatch(/^[0-9a-f-]{36}:\d+$/);
    const nothing = await given.database.transaction('look', (tx) => tx.rows('SELECT 1'));
    expect(nothing.gtid).toBeUndefined();
  });

  test.each([1021, 1026, 1114])(
    'for which the server has no room on its disk (%d) may be asked for again',
    async (number) => {
      const refused = given.database.transaction('add', (tx) =>
        tx.change(`SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = ${number}, MESSAGE_TEXT = 'No space left'`),
      );
      await expect(refused).rejects.toMatchObject({ kind: 'unavailable', retryAfterSeconds: 1 });
    },
  );

  test('keeps milliseconds and big numbers', async () => {
    await fill();
    const at = new Date('2026-03-01T23:59:59.123Z');
    const { value } = await given.database.transaction('keep', async (tx) => {
      await tx.change('INSERT INTO things VALUES (1, ?, ?)', [9_007_199_254_740_993n, at]);
      return tx.rows<{ amount: unknown; at: Date }>('SELECT amount, at FROM things');
    });
    expect(value).toEqual([{ amount: '9007199254740993', at }]);
  });

  test('leaves nothing behind when its work throws, and throws the same', async () => {
    await fill(1);
    const refusal = new Error('no');
    await expect(
      given.database.transaction('refuse', async (tx) => {
        await tx.change('UPDATE things SET amount = 9');
        throw refusal;
      }),
    ).rejects.toBe(refusal);
    expect(await amounts()).toEqual([0]);
  });

  test('runs again as a whole after a deadlock', async () => {
    await fill(1, 2);
    const meet = meeting(2);
    const runs: string[] = [];
    const cross = (name: string, first: number, second: number) => {
      let met = false;
      return given.database.transaction('cross', async (tx) => {
        runs.push(name);
        await tx.change('UPDATE things SET amount = amount + 1 WHERE id = ?', [first]);
        if (!met) await meet();
        met = true;
        await tx.change('UPDATE things SET amount = amount + 1 WHERE id = ?', [second]);
      });
    };
    await Promise.all([cross('a', 1, 2), cross('b', 2, 1)]);
    expect(await amounts()).toEqual([2, 2]);
    expect(runs).toHaveLength(3);
    expect(await retries('cross', 'deadlock')).toBe(1);
  });

  test('runs again as a whole after a lock wait that timed out', async () => {
    await fill(1, 2);
    const holder = await given.schema.admin.getConnection();
    await holder.beginTransaction();
    await holder.query('UPDATE things SET amount = amount + 10 WHERE id = 2');
    let runs = 0;
    const waiting = given.database.transaction('wait', async (tx) => {
      runs += 1;
      await tx.change('UPDATE things SET amount = amount + 1 WHERE id = 1');
      if (runs === 2) await holder.commit();
      await tx.change('UPDATE things SET amount = amount + 1 WHERE id = 2');
    });
    await waiting;
    holder.release();
    // The first run's change of row 1 was undone too.
    expect(await amounts()).toEqual([1, 11]);
    expect(await retries('wait', 'lock-wait')).toBe(1);
  });

  test('is not committed when its work swallowed a lock wait that timed out', async () => {
    await fill(1, 2);
    const holder = await given.schema.admin.getConnection();
    await holder.beginTransaction();
    await holder.query('UPDATE things SET amount = amount + 10 WHERE id = 2');
    let runs = 0;
    await given.database.transaction('swallow', async (tx) => {
      runs += 1;
      await tx.change('UPDATE things SET amount = amount + 1 WHERE id = 1');
      if (runs === 2) await holder.commit();
      await tx.change('UPDATE things SET amount = amount + 1 WHERE id = 2').catch(() => undefined);
    });
    holder.release();
    expect(runs).toBe(2);
    expect(await amounts()).toEqual([1, 11]);
  });

  test('gives up after the third retry, and says so', async () => {
    await fill(1);
    const holder = await given.schema.admin.getConnection();
    await holder.beginTransaction();
    await holder.query('UPDATE things SET amount = 10');
    let runs = 0;
    await expect(
      given.database.transaction('give up', async (tx) => {
        runs += 1;
        await tx.change('UPDATE things SET amount = amount + 1');
      }),
    ).rejects.toEqual(code('busy'));
    await holder.rollback();
    holder.release();
    expect(runs).toBe(4);
    expect(await amounts()).toEqual([0]);
  });

  test('runs again when its connection is lost before COMMIT', async () => {
    await fill(1);
    let runs = 0;
    await given.database.transaction('cut', async (tx) => {
      runs += 1;
      await tx.change('UPDATE things SET amount = amount + 1');
      const [row] = await tx.rows<{ id: number }>('SELECT CONNECTION_ID() AS id');
      if (runs === 1) {
        await given.schema.admin.query(`KILL ${row?.id}`);
        await tx.rows('SELECT 1');
      }
    });
    expect(runs).toBe(2);
    expect(await amounts()).toEqual([1]);
  });

  test('refuses a second statement while one runs, of models too', async () => {
    await fill(1);
    await expect(
      given.database.transaction('parallel', (tx) =>
        Promise.all([tx.change('UPDATE things SET amount = 1'), tx.rows('SELECT 1')]),
      ),
    ).rejects.toBeInstanceOf(ProgrammingError);
    await expect(
      given.database.transaction('parallel', async (tx) => {
        const slow = tx.rows('SELECT SLEEP(0.2)');
        await tx.sequelize.query('SELECT 1', { transaction: tx.handle }).catch(() => undefined);
        await slow;
        await tx.change('UPDATE things SET amount = 1');
      }),
    ).rejects.toBeInstanceOf(ProgrammingError);
    await expect(
      given.database.transaction('hasty', async (tx) => {
        tx.change('UPDATE things SET amount = 1 WHERE SLEEP(0.2) = 0').catch(() => undefined);
      }),
    ).rejects.toBeInstanceOf(ProgrammingError);
    expect(await amounts()).toEqual([0]);
  });

  test('refuses reads outside of itself, and a transaction within', async () => {
    const inside = (work: () => Promise<unknown>) => given.database.transaction('outer', work);
    const { database } = given;
    await expect(inside(() => database.read((reading) => reading.rows('SELECT 1')))).rejects.toBeInstanceOf(
      ProgrammingError,
    );
    await expect(inside(() => database.readPrimary((reading) => reading.rows('SELECT 1')))).rejects.toBeInstanceOf(
      ProgrammingError,
    );
    await expect(inside(() => database.transaction('inner', (tx) => tx.rows('SELECT 1')))).rejects.toBeInstanceOf(
      ProgrammingError,
    );
    expect(await database.readPrimary((reading) => reading.rows('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });

  test('runs under READ COMMITTED with our limits, as a user without privileges', async () => {
    const { value } = await given.database.transaction('settings', (tx) =>
      tx.rows(
        `SELECT @@transaction_isolation AS isolation, @@innodb_lock_wait_timeout AS lockWait, @@wait_timeout AS idle,
           @@time_zone AS zone, @@session.session_track_gtids AS gtids, @@sql_mode LIKE '%STRICT_TRANS%' AS strict`,
      ),
    );
    expect(value).toEqual([
      { isolation: 'READ-COMMITTED', lockWait: 1, idle: 8, zone: '+00:00', gtids: 'OWN_GTID', strict: 1 },
    ]);
  });
});
