import { rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sharedServers } from '@onsale/tests/support';
import { runAudit } from './run-audit.ts';
import { AuditError } from './snapshot/audit-error.ts';
import { type AuditedShop, auditedShop, broken, notKept, quick } from './testing/audited-shop.ts';
import type { Damage } from './testing/damage.ts';
import { damages } from './testing/damages.ts';
import type { ShopSchemas } from './testing/shop-schemas.ts';

let shop: AuditedShop;
let schemas: ShopSchemas;
beforeAll(async () => {
  shop = await auditedShop();
  schemas = shop.planted.schemas;
});
afterAll(() => shop?.close());

const rebuild: AuditedShop['rebuild'] = (...as) => shop.rebuild(...as);
const audit: AuditedShop['audit'] = (options) => shop.audit(options);

describe('a shop that keeps its promises', () => {
  test('is clean, and every check says what it looked at', async () => {
    await rebuild();
    const report = await audit();
    expect(report.checks.filter(({ state }) => state !== 'kept')).toEqual([]);
    expect(report).toMatchObject({
      verdict: 'clean',
      quiescence: { quiet: true, unsentEvents: 0, unhandledMessages: 0 },
    });
    const counted = Object.fromEntries(report.checks.map((check) => [check.name, check.counted]));
    expect(counted).toEqual({
      stock: { products: 3, 'pieces in stock': 19, 'pieces sold': 12 },
      'order-totals': { orders: 8, items: 10, 'won in all': 3_150 },
      'order-paid': { 'orders completed': 5, 'orders cancelled': 3 },
      'ledger-balance': { accounts: 3, 'won in them': 35_900 },
      'ledger-chain': { entries: 16, charges: 5, payments: 8, refunds: 3 },
      'one-effect-per-key': {
        answers: 15,
        'of orders': 8,
        'of cancellations': 3,
        'of charges': 2,
        'of changes of stock': 2,
      },
      'order-events': { completed: 8, paid: 8, cancelled: 3 },
      'balance-events': { events: 13 },
      'outbox-delivered': { events: 34, sent: 34 },
      'events-delivered': { messages: 35, repeats: 1, compared: 34 },
      'events-handled': { sent: 11, handled: 11 },
      statistics: { days: 2, rows: 6, 'pieces sold': 12 },
      ranking: { 'products sold today': 3, 'in the ranking': 2 },
      snapshots: { days: 1, items: 3, 'taken with events unhandled': 0 },
      'data-platform': { delivered: 11, compared: 11 },
      'order-users': { 'users with an account': 3, 'users with an order': 3 },
      sessions: { sessions: 2, tokens: 5, live: 1 },
      'client-log': { attempts: 11, keys: 8, answered: 5, refused: 1, 'unknown, done': 1, 'unknown, not done': 1 },
    });
  });

  test('is clean when it is empty', async () => {
    await rebuild({ clear: true });
    await writeFile(shop.log, '');
    expect(await audit()).toMatchObject({ verdict: 'clean' });
  });

  test('stays clean when answers and events were purged with age', async () => {
    const lastMonth = new Date(Date.now() - 30 * 86_400_000);
    await rebuild({ lastly: ['DELETE FROM outbox', 'DELETE FROM idempotency_keys', 'DELETE FROM inbox'] }, lastMonth);
    const report = await audit();
    expect(broken(report)).toEqual([]);
    const remarks = report.checks.flatMap((check) => check.remarks);
    expect(remarks).toEqual([
      expect.stringContaining('8 orders from before'),
      expect.stringContaining('8 orders from before'),
      expect.stringContaining('16 entries from before'),
      expect.stringContaining('8 keys from before'),
    ]);
  });
});

describe('planted damage is found by its check, and by no other', () => {
  const everyCheck = new Set(damages.map(({ check }) => check));

  test('every check has its damage', async () => {
    await rebuild();
    expect([...everyCheck]).toEqual((await audit()).checks.map(({ name }) => name));
  });

  test.each([...damages])('$check: $damage', async ({ check, named, ...damage }: Damage) => {
    await rebuild(damage);
    const report = await audit();
    expect(broken(report)).toEqual([check]);
    expect(report.verdict).toBe('violated');
    const found = report.checks.find(({ name }) => name === check);
    expect(found?.broken.total).toBeGreaterThan(0);
    expect(JSON.stringify(found?.broken.rows)).toContain(named);
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
      expect(notKept(report).map(({ name }) => name)).toEqual(['sessions']);
      expect(report.checks.find(({ name }) => name === 'sessions')?.remarks).toEqual([
        expect.stringContaining("refresh_tokens' doesn't exist"),
      ]);
    } finally {
      await schemas.change('auth', ['RENAME TABLE set_aside TO refresh_tokens']);
    }
  });

  test('says so of a log that is none', async () => {
    await rebuild();
    await writeFile(shop.log, '{"at": 1}\n');
    const report = await audit();
    expect(report.verdict).toBe('failed');
    expect(report.checks.at(-1)?.remarks).toEqual([expect.stringMatching(/answers\.jsonl:1 is not a line/)]);
    await rm(shop.log);
    expect((await audit()).checks.at(-1)?.remarks).toEqual([expect.stringMatching(/^cannot read .*answers/)]);
  });

  test('does not judge what nothing was given for', async () => {
    await rebuild();
    const { auth, kafka, redis, dataPlatform, ...commerceOnly } = shop.planted.options();
    const report = await runAudit({ ...commerceOnly, ...quick });
    expect(report.verdict).toBe('incomplete');
    expect(broken(report)).toEqual(['events-delivered', 'events-handled', 'ranking', 'order-users', 'sessions']);
    const withoutBrokers = await runAudit({ ...commerceOnly, auth, redis, dataPlatform, ...quick });
    expect(broken(withoutBrokers)).toEqual(['events-delivered', 'events-handled', 'data-platform']);
    const withoutDataPlatform = await runAudit({ ...commerceOnly, auth, kafka, redis, ...quick });
    expect(withoutDataPlatform.verdict).toBe('clean');
    expect(withoutDataPlatform.checks.map(({ name }) => name)).not.toContain('data-platform');
  });
});

describe('rest', () => {
  test('is waited for: a relay that catches up leaves nothing to complain about', async () => {
    await rebuild();
    await schemas.change('commerce', ["UPDATE outbox SET sent_at = NULL WHERE topic = 'order-completed'"]);
    const running = audit({ waitMs: 40_000 });
    await pause(300);
    await schemas.change('commerce', ['UPDATE outbox SET sent_at = NOW(6) WHERE sent_at IS NULL']);
    const report = await running;
    expect(report.verdict).toBe('clean');
    expect(report.quiescence.waitedMs).toBeGreaterThanOrEqual(300);
    expect(report.quiescence.waitedMs).toBeLessThan(20_000);
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
      // A writer that a busy disk holds up for less than that is not taken for rest.
      const report = await audit({ waitMs: 0, stillMs: 5_000 });
      expect(report.verdict).toBe('incomplete');
      expect(report.quiescence.quiet).toBe(false);
      expect(broken(report)).toEqual(['outbox-delivered', 'events-handled', 'ranking', 'data-platform', 'order-users']);
    } finally {
      writing.abort();
      await writer;
    }
  });
});

describe('an audit that cannot run says why in one line', () => {
  const failure = (options: Partial<Parameters<typeof runAudit>[0]>) =>
    runAudit({ ...shop.planted.options(), ...quick, ...options }).then(
      () => 'it ran',
      (error: unknown) => (error instanceof AuditError ? error.message : error),
    );

  test('a server that is not the primary', async () => {
    const { replica } = sharedServers();
    expect(await failure({ commerce: { ...schemas.commerce, ...replica } })).toMatch(/is not the primary of commerce_/);
  });

  test('two servers of which none is the primary', async () => {
    const { replica } = sharedServers();
    const neither = { ...schemas.commerce, ...replica, replica: { host: '127.0.0.1', port: 1 } };
    expect(await failure({ commerce: neither })).toMatch(
      /is not the primary of commerce_.*; cannot connect to commerce_/,
    );
  });

  test('a server whose certificate nobody vouches for', async () => {
    const { ca: _, ...untrusted } = schemas.commerce;
    expect(await failure({ commerce: untrusted })).toMatch(/cannot connect to .*certificate/);
  });

  test('a wrong password', async () => {
    expect(await failure({ auth: { ...schemas.auth, password: 'wrong' } })).toMatch(/cannot connect to auth_.*denied/);
  });
});

test('after a failover the other server is the primary', async () => {
  await rebuild();
  const { replica, primary } = sharedServers();
  const report = await audit({ commerce: { ...schemas.commerce, ...replica, replica: primary } });
  expect(broken(report)).toEqual([]);
});

test('one snapshot is read: what changes while the checks run is not seen', async () => {
  await rebuild();
  let changed: Promise<void> | undefined;
  const report = await audit({
    onProgress: (line) => {
      if (line === 'stock') changed = schemas.change('commerce', ['DELETE FROM point_entries']);
    },
  });
  await changed;
  expect(report.checks.filter(({ state }) => state !== 'kept')).toEqual([]);
});
