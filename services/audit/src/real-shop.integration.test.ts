import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answered, type Buyer, type Item, type Shop, startShop } from '@onsale/tests/support';
import { runAudit } from './run-audit.ts';
import type { SchemaAccess } from './snapshot/schema-access.ts';
import { dropReader, readerOf } from './testing/reader-of.ts';

let shop: Shop;
let commerce: SchemaAccess;
let folder: string;

beforeAll(async () => {
  shop = await startShop({ orderInstances: 2 });
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
  const note = (kind: string, { userId }: Buyer, key: string, body: unknown, { status, body: response }: Answered) => {
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
      note('order', buyer, key, { userId: buyer.userId, items }, answered);
      return answered;
    },
    cancel: async (buyer: Buyer, orderId: string): Promise<Answered> => {
      const key = randomUUID();
      const answered = await shop.cancel(buyer, orderId, { key });
      note('cancel', buyer, key, {}, answered);
      return answered;
    },
  };
}

test('what the services themselves wrote is clean, down to the answers they gave', async () => {
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
  await shop.changeStock(scarce.id, 5);
  await shop.changeStock(plenty.id, -100);

  const clientLog = join(folder, 'answers.jsonl');
  await writeFile(clientLog, client.lines.join('\n'));
  const audit = () => runAudit({ commerce, clientLog, waitMs: 0, stillMs: 50 });
  const untold = await audit();
  expect(untold.checks.filter(({ state }) => state === 'broken').map(({ name }) => name)).toEqual(['outbox-delivered']);

  await shop.rows('UPDATE outbox SET sent_at = NOW(6)').catch(() => undefined);
  const report = await audit();
  expect(report.checks.filter(({ state }) => state === 'broken')).toEqual([]);
  expect(report.checks.find(({ name }) => name === 'client-log')?.counted).toMatchObject({
    answered: expect.any(Number),
  });
  const orders = report.checks.find(({ name }) => name === 'order-totals')?.counted.orders;
  expect(orders).toBeGreaterThanOrEqual(10);
});
