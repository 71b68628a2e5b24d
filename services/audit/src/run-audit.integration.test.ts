import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sharedServers } from '@onsale/tests/support';
import type { AuditReport } from './report/audit-report.ts';
import { runAudit } from './run-audit.ts';
import { AuditError } from './snapshot/audit-error.ts';
import { type Damage, damages } from './testing/damages.ts';
import { type ShopSchemas, shopSchemas } from './testing/shop-schemas.ts';
import { tinyShop } from './testing/tiny-shop.ts';

let schemas: ShopSchemas;
let folder: string;
let log: string;

beforeAll(async () => {
  schemas = await shopSchemas();
  folder = await mkdtemp(join(tmpdir(), 'onsale-audit-'));
  log = join(folder, 'answers.jsonl');
});

afterAll(async () => {
  await schemas?.close();
  await rm(folder, { recursive: true, force: true });
});

async function rebuild(now = new Date()): Promise<void> {
  const shop = tinyShop(now);
  await schemas.fill(shop.tables);
  await writeFile(log, shop.log.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

function audit(options: { waitMs?: number; stillMs?: number } = {}): Promise<AuditReport> {
  const { commerce, auth } = schemas;
  return runAudit({ commerce, auth, clientLog: log, waitMs: 0, stillMs: 50, ...options });
}

const broken = ({ checks }: AuditReport) => checks.filter(({ state }) => state !== 'kept').map(({ name }) => name);

describe('a shop that keeps its promises', () => {
  test('is clean, and every check says what it looked at', async () => {
    await rebuild();
    const report = await audit();
    expect(report.checks.filter(({ state }) => state !== 'kept')).toEqual([]);
    expect(report).toMatchObject({ verdict: 'clean', quiescence: { quiet: true, unsentEvents: 0 } });
    const counted = Object.fromEntries(report.checks.map((check) => [check.name, check.counted]));
    expect(counted).toEqual({
      stock: { products: 3, 'pieces in stock': 12, 'pieces sold': 6 },
      'order-totals': { orders: 4, items: 5, 'won in all': 1450 },
      'order-paid': { 'orders completed': 3, 'orders cancelled': 1 },
      'ledger-balance': { accounts: 3, 'won in them': 36_950 },
      'ledger-chain': { entries: 10, charges: 5, payments: 4, refunds: 1 },
      'one-effect-per-key': { answers: 7, 'of orders': 4, 'of cancellations': 1, 'of charges': 2 },
      'order-events': { completed: 4, paid: 4, cancelled: 1 },
      'balance-events': { events: 7 },
      'outbox-delivered': { events: 16, sent: 16 },
      'order-users': { 'users with an account': 3, 'users with an order': 3 },
      sessions: { sessions: 2, tokens: 5, live: 1 },
      'client-log': { attempts: 9, keys: 7, answered: 4, refused: 1, 'unknown, done': 1, 'unknown, not done': 1 },
    });
  });

  test('is clean when it is empty', async () => {
    await schemas.fill({
      ...tinyShop(new Date()).tables,
      ...Object.fromEntries(Object.keys(tinyShop(new Date()).tables).map((name) => [name, []])),
    });
    await writeFile(log, '');
    expect(await audit()).toMatchObject({ verdict: 'clean' });
  });

  test('stays clean when answers and events were purged with age', async () => {
    const lastMonth = new Date(Date.now() - 30 * 86_400_000);
    await rebuild(lastMonth);
    await schemas.change('commerce', ['DELETE FROM outbox', 'DELETE FROM idempotency_keys']);
    const report = await audit();
    expect(broken(report)).toEqual([]);
    const remarks = report.checks.flatMap((check) => check.remarks);
    expect(remarks).toEqual([
      expect.stringContaining('4 orders from before'),
      expect.stringContaining('4 orders from before'),
      expect.stringContaining('10 entries from before'),
      expect.stringContaining('7 keys from before'),
    ]);
  });
});

describe('planted damage is found by its check, and by no other', () => {
  const everyCheck = new Set(damages.map(({ check }) => check));

  test('every check has its damage', async () => {
    await rebuild();
    expect([...everyCheck]).toEqual((await audit()).checks.map(({ name }) => name));
  });

  test.each([...damages])('$check: $damage', async ({ check, schema, statements, named }: Damage) => {
    await rebuild();
    await schemas.change(schema ?? 'commerce', statements);
    const report = await audit();
    expect(broken(report)).toEqual([check]);
    expect(report.verdict).toBe('violated');
    const found = report.checks.find(({ name }) => name === check);
    expect(found?.broken.total).toBeGreaterThan(0);
    expect(JSON.stringify(found?.broken.rows)).toContain(named);
    await rebuild();
    expect(broken(await audit())).toEqual([]);
  });
});

describe('the report', () => {
  test('names the first broken rows and counts them all', async () => {
    await rebuild();
    const rows = Array.from({ length: 30 }, (_, index) => `('order-ghost-${index}', 'pen', 1, 100)`);
    await schemas.change('commerce', [`INSERT INTO order_items VALUES ${rows.join(', ')}`]);
    const found = (await audit()).checks.find(({ name }) => name === 'order-totals');
    expect(found?.broken).toMatchObject({ total: 30 });
    expect(found?.broken.rows).toHaveLength(20);
  });

  test('says of a check whose tables cannot be read that it failed, and judges the others', async () => {
    await rebuild();
    await schemas.change('auth', ['RENAME TABLE refresh_tokens TO set_aside']);
    try {
      const report = await audit();
      expect(report.verdict).toBe('failed');
      expect(broken(report)).toEqual(['sessions']);
      expect(report.checks.find(({ name }) => name === 'sessions')?.remarks).toEqual([
        expect.stringContaining("refresh_tokens' doesn't exist"),
      ]);
    } finally {
      await schemas.change('auth', ['RENAME TABLE set_aside TO refresh_tokens']);
    }
  });

  test('says so of a log that is none', async () => {
    await rebuild();
    await writeFile(log, '{"at": 1}\n');
    const report = await audit();
    expect(report.verdict).toBe('failed');
    expect(report.checks.at(-1)?.remarks).toEqual([expect.stringMatching(/answers\.jsonl:1 is not a line/)]);
    await rm(log);
    expect((await audit()).checks.at(-1)?.remarks).toEqual([expect.stringMatching(/^cannot read .*answers/)]);
  });

  test('leaves out what concerns users when the auth schema is not given', async () => {
    await rebuild();
    const report = await runAudit({ commerce: schemas.commerce, waitMs: 0, stillMs: 50 });
    expect(report.verdict).toBe('incomplete');
    expect(broken(report)).toEqual(['order-users', 'sessions']);
  });
});

describe('rest', () => {
  test('is waited for: a relay that catches up leaves nothing to complain about', async () => {
    await rebuild();
    await schemas.change('commerce', ["UPDATE outbox SET sent_at = NULL WHERE topic = 'order-completed'"]);
    const running = audit({ waitMs: 10_000 });
    await pause(300);
    await schemas.change('commerce', ['UPDATE outbox SET sent_at = NOW(6) WHERE sent_at IS NULL']);
    const report = await running;
    expect(report.verdict).toBe('clean');
    expect(report.quiescence.waitedMs).toBeGreaterThanOrEqual(300);
    expect(report.quiescence.waitedMs).toBeLessThan(5_000);
  });

  test('is not claimed while rows change: what needs it is not judged, the rest is', async () => {
    await rebuild();
    const writing = new AbortController();
    const writer = (async () => {
      for (let count = 0; !writing.signal.aborted; count += 1) {
        const event = `'event-more-${count}', 'product-changed', 'pen', 'more', 'product', '{}', NOW(6)`;
        await schemas.change('commerce', [
          `INSERT INTO outbox (event_id, topic, message_key, type, source, data, created_at) VALUES (${event})`,
        ]);
      }
    })();
    try {
      const report = await audit({ waitMs: 200, stillMs: 200 });
      expect(report.verdict).toBe('incomplete');
      expect(report.quiescence.quiet).toBe(false);
      expect(broken(report)).toEqual(['outbox-delivered', 'order-users']);
    } finally {
      writing.abort();
      await writer;
    }
  });
});

describe('an audit that cannot run says why in one line', () => {
  const failure = (options: Partial<Parameters<typeof runAudit>[0]>) =>
    runAudit({ commerce: schemas.commerce, auth: schemas.auth, waitMs: 0, stillMs: 50, ...options }).then(
      () => 'it ran',
      (error: unknown) => (error instanceof AuditError ? error.message : error),
    );

  test('a server that is not the primary', async () => {
    const { replica } = sharedServers();
    expect(await failure({ commerce: { ...schemas.commerce, ...replica } })).toMatch(/is not the primary of commerce_/);
  });

  test('a server whose certificate nobody vouches for', async () => {
    const { ca: _, ...untrusted } = schemas.commerce;
    expect(await failure({ commerce: untrusted })).toMatch(/cannot connect to .*certificate/);
  });

  test('a wrong password', async () => {
    expect(await failure({ auth: { ...schemas.auth, password: 'wrong' } })).toMatch(/cannot connect to auth_.*denied/);
  });
});

test('one snapshot is read: what changes while the checks run is not seen', async () => {
  await rebuild();
  const { commerce, auth } = schemas;
  let changed: Promise<void> | undefined;
  const report = await runAudit({
    commerce,
    auth,
    waitMs: 0,
    stillMs: 50,
    onProgress: (line) => {
      if (line === 'stock') changed = schemas.change('commerce', ['DELETE FROM point_entries']);
    },
  });
  await changed;
  expect(report.verdict).toBe('clean');
});
