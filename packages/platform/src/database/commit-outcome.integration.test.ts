import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freshSchema, sharedServers, until } from '@onsale/tests/support';
import type { Tx } from './database.ts';
import { type Fate, type TcpProxy, tcpProxy } from './testing/tcp-proxy.ts';
import { sampleOf, type TestDatabase, testDatabase } from './testing/test-database.ts';

let proxy: TcpProxy;
let given: TestDatabase;

beforeAll(async () => {
  proxy = await tcpProxy(sharedServers().primary);
  const schema = await freshSchema('platform');
  given = await testDatabase({ DB_PORT: String(proxy.port) }, schema);
  await schema.admin.query('CREATE TABLE effects (id INT PRIMARY KEY, made_by INT NOT NULL)');
});
afterAll(async () => {
  await given.close();
  await proxy.close();
});

const settle = (id: number) => async (tx: Tx) =>
  (await tx.rows<{ made_by: number }>('SELECT made_by FROM effects WHERE id = ? FOR UPDATE', [id]))[0]?.made_by;

/** Makes an effect; the wire is cut when its first run sends COMMIT. Tells in which run the effect was made. */
async function makeOnCutWire(id: number, fate: Fate, settled: boolean): Promise<number> {
  let runs = 0;
  const { value } = await given.database.transaction(
    'make',
    async (tx) => {
      runs += 1;
      await tx.change('INSERT INTO effects VALUES (?, ?)', [id, runs]);
      if (runs === 1) proxy.cut(fate);
      return runs;
    },
    settled ? { settle: settle(id) } : {},
  );
  return value;
}

async function effects(id: number): Promise<unknown[]> {
  const [rows] = await given.schema.admin.query('SELECT made_by FROM effects WHERE id = ?', [id]);
  if (!Array.isArray(rows)) throw new Error('a query answers rows');
  return rows;
}

const outcomeUnknown = expect.objectContaining({ name: 'DomainError', code: 'outcome-unknown' });

describe('a COMMIT whose answer was lost', () => {
  test('is found to have happened', async () => {
    expect(await makeOnCutWire(1, { arrive: 'at-once' }, true)).toBe(1);
    expect(await effects(1)).toEqual([{ made_by: 1 }]);
    expect(await sampleOf(given.metrics, 'db_transaction_duration_seconds_count', { outcome: 'settled' })).toBe(1);
  });

  test('is found to have happened though it lands after the question', async () => {
    expect(await makeOnCutWire(2, { arrive: 'late', afterMs: 700 }, true)).toBe(1);
    expect(await effects(2)).toEqual([{ made_by: 1 }]);
  });

  test('is found not to have happened, and the work runs again', async () => {
    expect(await makeOnCutWire(3, { arrive: 'never' }, true)).toBe(2);
    expect(await effects(3)).toEqual([{ made_by: 2 }]);
  });

  test('stays unknown without a way to settle it', async () => {
    await expect(makeOnCutWire(4, { arrive: 'at-once' }, false)).rejects.toEqual(outcomeUnknown);
    // Nobody waited for it: it is on its way to the server still.
    await until('the commit to land', async () => (await effects(4)).length === 1);
    expect(await effects(4)).toEqual([{ made_by: 1 }]);
  });

  test('stays unknown while the server keeps the transaction open, which is not waited for', async () => {
    await expect(makeOnCutWire(5, { arrive: 'never-unnoticed' }, true)).rejects.toEqual(outcomeUnknown);
  });
});
