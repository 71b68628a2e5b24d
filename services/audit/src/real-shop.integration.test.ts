import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answered, type Buyer, call, type Item, type Shop, sharedServers, startShop } from '@onsale/tests/support';
import type { AuditReport } from './report/audit-report.ts';
import { runAudit } from './run-audit.ts';
import type { SchemaAccess } from './snapshot/schema-access.ts';
import { dropReader, readerOf } from './testing/reader-of.ts';

let shop: Shop;
let commerce: SchemaAccess;
let folder: string;

beforeAll(async () => {
  shop = await startShop({
    orderInstances: 2,
    parts: ['http', 'migrate', 'relay'],
    bestseller: true,
    dataPlatform: true,
  });
  commerce = await readerOf(shop.schema);
  folder = await mkdtemp(join(tmpdir(), 'onsale-audit-'));
});

afterAll(async () => {
  if (shop) await dropReader(shop.schema);
  await shop?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A client that writes down what it is answered. */
function loggingClient() {
  const lines: string[] = [];
  const note = (kind: string, userId: string, key: string, body: unknown, { status, body: response }: Answered) => {
    const outcome = status < 300 ? 'ok' : 'refused';
    const at = new Date().toISOString();
    lines.push(
      JSON.stringify({ at, buyer: 1, userId, kind, key, body, outcome, status, code: response.code, response }),
    );
  };
  return {
    lines,
    order: async (buyer: Buyer, items: readonly Item[], key: string, on: number): Promise<Answered> => {
      const answered = await shop.order(buyer, items, { key, on });
      note('order', buyer.userId, key, { userId: buyer.userId, items }, answered);
      return answered;
    },
    cancel: async (buyer: Buyer, orderId: string): Promise<Answered> => {
      const key = randomUUID();
      const answered = await shop.cancel(buyer, orderId, { key });
      note('cancel', buyer.userId, key, {}, answered);
      return answered;
    },
    changeStock: async (productId: string, change: number): Promise<void> => {
      const key = randomUUID();
      for (let attempt = 1; attempt <= 2; attempt++) {
        note('stock', 'admin', key, { productId, change }, await shop.changeStock(productId, change, { key }));
      }
    },
  };
}

function audit(more: { clientLog?: string } = {}): Promise<AuditReport> {
  const { url, key } = shop.dataPlatform;
  return runAudit({
    commerce,
    kafka: { brokers: sharedServers().brokers, topicPrefix: `${shop.schema.name}.` },
    redis: { cacheUrl: shop.redis.url },
    dataPlatform: { url, key },
    waitMs: 30_000,
    stillMs: 500,
    ...more,
  });
}

/** There is no auth service in this shop. */
const aboutUsers = ['order-users', 'sessions'];

const notKept = ({ checks }: AuditReport) =>
  checks.filter(({ name, state }) => state !== 'kept' && !aboutUsers.includes(name));

const countedBy = ({ checks }: AuditReport, check: string) => checks.find(({ name }) => name === check)?.counted;

test('what the services themselves did is clean, down to the answers they gave and to whom they told it', async () => {
  const client = loggingClient();
  const scarce = await shop.createProduct(10, 700);
  const plenty = await shop.createProduct(1_000, 50);
  const buyers = await Promise.all(Array.from({ length: 12 }, () => shop.createBuyer(2_000)));
  const basket = [
    { productId: scarce.id, quantity: 1 },
    { productId: plenty.id, quantity: 3 },
  ];
  const placed = await Promise.all(
    buyers.map((buyer, index) => client.order(buyer, basket, 'the-same-name', index % 2)),
  );
  await Promise.all(buyers.map((buyer, index) => client.order(buyer, basket, 'the-same-name', (index + 1) % 2)));
  await Promise.all(
    placed.slice(0, 4).map((answered, index) => {
      const buyer = buyers[index];
      return buyer && answered.status === 201 ? client.cancel(buyer, answered.body.id) : undefined;
    }),
  );
  await client.changeStock(scarce.id, 5);
  await client.changeStock(plenty.id, -100);
  await client.changeStock(plenty.id, -1_000_000);

  const clientLog = join(folder, 'answers.jsonl');
  await writeFile(clientLog, client.lines.join('\n'));
  const report = await audit({ clientLog });
  expect(notKept(report)).toEqual([]);
  expect(report.quiescence).toMatchObject({ quiet: true, unsentEvents: 0, unhandledMessages: 0 });
  expect(countedBy(report, 'client-log')).toMatchObject({ answered: expect.any(Number) });
  expect(countedBy(report, 'one-effect-per-key')).toMatchObject({ 'of changes of stock': 2 });
  expect(countedBy(report, 'order-totals')?.orders).toBeGreaterThanOrEqual(10);
  const { sent = 0 } = countedBy(report, 'events-handled') ?? {};
  expect(sent).toBeGreaterThanOrEqual(10);
  expect(countedBy(report, 'events-handled')).toEqual({ sent, handled: sent });
  expect(countedBy(report, 'data-platform')).toEqual({ delivered: sent, compared: sent });
  expect(countedBy(report, 'ranking')).toEqual({ 'products sold today': 2, 'in the ranking': 2 });
});

test('a data platform that lies about some orders is caught, and those orders are named', async () => {
  const { url, key } = shop.dataPlatform;
  const fault = async (mode: 'none' | 'lie') => {
    const told = await call(`${url}/faults`, { method: 'PUT', token: key, body: { mode } });
    expect(told.status).toBe(200);
  };
  const product = await shop.createProduct(100, 10);
  const buyer = await shop.createBuyer();
  const order = async (): Promise<string> => {
    const { status, body } = await shop.order(buyer, [{ productId: product.id, quantity: 1 }]);
    expect(status).toBe(201);
    return body.id;
  };
  await order();
  expect(notKept(await audit())).toEqual([]);
  await fault('lie');
  const lost = [await order(), await order()];
  // Until it is at rest, all of them are on their way; then the lie has been told.
  const report = await audit();
  await fault('none');
  expect(notKept(report).map(({ name }) => name)).toEqual(['data-platform']);
  const named = notKept(report).flatMap(({ broken }) => broken.rows.map(({ row }) => row.orderId));
  expect(new Set(named)).toEqual(new Set(lost));
  expect(report.verdict).toBe('violated');
});
