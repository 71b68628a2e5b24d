import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AuditOptions } from './audit-options.ts';
import { type AuditedShop, auditedShop, broken } from './testing/audited-shop.ts';

let shop: AuditedShop;
beforeAll(async () => {
  shop = await auditedShop();
});
afterAll(() => shop?.close());

const rebuild: AuditedShop['rebuild'] = (...as) => shop.rebuild(...as);
const audit: AuditedShop['audit'] = (options) => shop.audit(options);

describe('what stands outside', () => {
  const nowhere = { brokers: ['127.0.0.1:1'], topicPrefix: '' };

  test('is waited for: consumers that stay behind are named', async () => {
    await rebuild();
    await shop.planted.sendOrder('order-new');
    const report = await audit({ waitMs: 300 });
    // One message before each of the two consumers.
    expect(report.quiescence).toMatchObject({ quiet: true, unhandledMessages: 2 });
    expect(report.quiescence.waitedMs).toBeGreaterThanOrEqual(300);
    expect(broken(report)).toEqual(['order-events', 'events-handled', 'data-platform']);
  });

  test('may have moved on since the snapshot: what came then is no stray', async () => {
    await rebuild();
    const running: Promise<void>[] = [];
    const report = await audit({
      onProgress: (line) => {
        if (line === 'stock') running.push(shop.planted.sendOrder('order-new'));
      },
    });
    await Promise.all(running);
    expect(broken(report)).toEqual([]);
  });

  test('and is away: brokers that do not answer leave open whether the shop rests', async () => {
    await rebuild();
    const report = await audit({ kafka: nowhere, waitMs: 200 });
    expect(report).toMatchObject({ verdict: 'failed', quiescence: { quiet: false } });
    expect(report.quiescence).not.toHaveProperty('unhandledMessages');
    expect(report.notices).toContainEqual(expect.stringMatching(/^how far the consumers are is not known: .+/));
    const states = Object.fromEntries(report.checks.map(({ name, state }) => [name, state]));
    expect(states).toMatchObject({ stock: 'kept', 'events-delivered': 'failed', 'events-handled': 'not-judged' });
    expect(states).toMatchObject({ statistics: 'kept', snapshots: 'kept', 'data-platform': 'not-judged' });
  });

  test.each<[string, string, Partial<AuditOptions>, string]>([
    ['a Redis', 'ranking', { redis: { cacheUrl: 'redis://127.0.0.1:1' } }, 'Redis did not answer'],
    [
      'a data platform',
      'data-platform',
      { dataPlatform: { url: 'http://127.0.0.1:1', key: 'k' } },
      'the data platform did not',
    ],
  ])('and is away: %s that does not answer fails its check alone', async (_, check, options, remark) => {
    await rebuild();
    const report = await audit(options);
    expect(report.verdict).toBe('failed');
    expect(broken(report)).toEqual([expect.stringMatching(`^${check}: ${remark}`)]);
  });

  test('and refuses: a wrong key to the data platform', async () => {
    await rebuild();
    const { dataPlatform } = shop.planted.options();
    const report = await audit({ dataPlatform: { ...dataPlatform, key: 'wrong' } });
    expect(broken(report)).toEqual(['data-platform: the data platform did not answer: it answered 401']);
  });
});

test('a snapshot that says what it lacked is judged by what it can have had', async () => {
  await rebuild({
    lastly: [
      'UPDATE bestseller_snapshots SET unhandled_events = 1',
      "UPDATE bestseller_snapshot_items SET quantity_sold = 2 WHERE product_id = 'pen'",
    ],
  });
  const report = await audit();
  expect(broken(report)).toEqual([]);
  const { counted } = report.checks.find(({ name }) => name === 'snapshots') ?? {};
  expect(counted).toMatchObject({ 'taken with events unhandled': 1 });
});

test('a full snapshot may leave out what sold less than its last item', async () => {
  await rebuild({
    lastly: [
      "DELETE FROM bestseller_snapshot_items WHERE product_id = 'map'",
      'UPDATE bestseller_snapshots SET entries = 2',
    ],
  });
  expect(broken(await audit({ snapshotSize: 2 }))).toEqual([]);
  expect(broken(await audit({ snapshotSize: 3 }))).toEqual(['snapshots']);
});
